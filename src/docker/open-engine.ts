import { BuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import { loadDockerConfig } from './config.ts'
import { currentContextName, loadDockerContext } from './context.ts'
import { createCredentialStore } from './credentials.ts'
import { toEndpoint } from './endpoint.ts'
import { createEngine, type Engine } from './engine.ts'

/**
 * The engine of a docker context, or of the current one, with the user's registry logins. Touches no engine yet.
 * Throws `BuildFailure` (`driver`, `io`) when there is no such context.
 */
export async function openEngine(context: string | undefined, host: Host): Promise<Engine> {
  const config = await loadDockerConfig(host)
  const name = context ?? currentContextName(config, host)
  const found = await loadDockerContext(name, config, host)
  if (found === undefined) {
    throw new BuildFailure('driver', `docker context "${name}" not found`, {
      code: 'UNKNOWN_CONTEXT',
      hints: ['list the contexts with "docker context ls"'],
    })
  }
  return createEngine(toEndpoint(found), createCredentialStore(config, host), host)
}
