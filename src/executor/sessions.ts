import type { Attachable } from '../buildkit/session/attachable.ts'
import { auth } from '../buildkit/session/attachables/auth.ts'
import { fileSend } from '../buildkit/session/attachables/file-send.ts'
import { fileSync, type SyncSource } from '../buildkit/session/attachables/file-sync.ts'
import { secrets } from '../buildkit/session/attachables/secrets.ts'
import { ssh } from '../buildkit/session/attachables/ssh.ts'
import type { Session } from '../buildkit/session/session.ts'
import { baseOf } from '../request/paths.ts'
import { envBool } from '../request/settings.ts'
import type { BuildRequest } from '../request/types.ts'
import { contentStores } from './content-stores.ts'
import type { NodeConnection } from './node-connection.ts'
import type { RunContext } from './run-types.ts'
import type { PlannedSession } from './session-plan.ts'
import type { RequestSinks } from './sinks.ts'

/** Makes the attachable for registry logins; one serves the whole run. */
export function openAuth(run: RunContext): Attachable {
  const { credentials, tokenSeed } = run.services
  return auth({
    credentials,
    tokenSeed,
    now: () => run.host.now(),
    noClientToken: envBool(run.host.env['BUILDKIT_NO_CLIENT_TOKEN']) === true,
  })
}

/** Opens one planned session on its node. */
export async function openPlannedSession(
  planned: PlannedSession,
  node: NodeConnection,
  sinks: RequestSinks | undefined,
  logins: Attachable,
  run: RunContext,
): Promise<Session> {
  const { owner } = planned
  const sources = syncSources(planned, owner)
  const attachables: Attachable[] = [logins]
  if (sources.size > 0) attachables.push(fileSync(sources))
  if (sinks && sinks.byIndex.size > 0) {
    attachables.push(fileSend(sinks.byIndex, sinks.failed))
  }
  // Always there: an unknown id must be answered with "not found", not with "no such service".
  attachables.push(secrets(owner?.secrets ?? [], run.host), ssh(owner?.ssh ?? [], run.host))
  if (owner && owner.stores.length > 0) attachables.push(contentStores(owner.stores))
  const sharedKey =
    planned.sharedKeyDir === '' ? '' : `${baseOf(planned.sharedKeyDir)}:${run.services.machineId}`
  return await node.openSession(sharedKey, attachables, run.signal)
}

function syncSources(
  planned: PlannedSession,
  owner: BuildRequest | undefined,
): ReadonlyMap<string, SyncSource> {
  const sources = new Map<string, SyncSource>()
  for (const [name, path] of planned.mounts) sources.set(name, { kind: 'dir', path })
  const inline = owner?.inlineDockerfile
  if (inline) {
    const data = new TextEncoder().encode(inline.text)
    sources.set('dockerfile', { kind: 'files', files: [{ path: inline.name, data }] })
  }
  return sources
}
