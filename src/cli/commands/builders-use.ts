import { endpointKey } from '../../builder/choose.ts'
import { badName } from '../../builder/edit-instance.ts'
import { instancePath, isInstanceName, readInstance, saveChoice } from '../../builder/store.ts'
import { withStoreLock } from '../../builder/store-files.ts'
import { BuildFailure } from '../../core/failure.ts'
import { type DockerConfig, loadDockerConfig } from '../../docker/config.ts'
import { currentContextName, loadDockerContext } from '../../docker/context.ts'
import type { Host } from '../../host/host.ts'
import { refuseArguments } from '../arguments.ts'
import type { CommandInput } from '../command.ts'
import { EXIT } from '../exit.ts'

/** `bakekit use`: silent (spec cli 3.3). Throws `BuildFailure`. */
export async function runUse(input: CommandInput): Promise<number> {
  const { flags, host } = input
  if (flags.positionals.length > 1) {
    return refuseArguments(input, { name: 'use', usage: '[OPTIONS] NAME' }, 'requires at most 1 argument')
  }
  const name = flags.positionals[0] ?? flags.strings.get('builder') ?? ''
  const config = await loadDockerConfig(host)
  const key = await endpointKey(config, host)
  await withStoreLock(host, async () => {
    const recorded = (await readInstance(name, host)) !== undefined
    if (!recorded && !isCurrentContext(name, config, host)) throw await notFound(name, config, host)
    const choice = recorded
      ? { name, global: flags.bools.get('global') === true, isDefault: flags.bools.get('default') === true }
      : { name: '', global: false, isDefault: false }
    await saveChoice({ key, ...choice }, host)
  })
  return EXIT.ok
}

/** Choosing the context itself takes the choice back. */
function isCurrentContext(name: string, config: DockerConfig, host: Host): boolean {
  return name === currentContextName(config, host)
}

async function notFound(name: string, config: DockerConfig, host: Host): Promise<BuildFailure> {
  const context = name === '' ? undefined : await loadDockerContext(name, config, host)
  if (context !== undefined) {
    const message = `run \`docker context use ${name}\` to switch to context ${name}`
    return new BuildFailure('driver', message, { code: 'OTHER_CONTEXT' })
  }
  const reason = isInstanceName(name)
    ? `open ${instancePath(name, host)}: no such file or directory`
    : badName(name).message
  return new BuildFailure('driver', `failed to find instance ${JSON.stringify(name)}: ${reason}`, {
    code: 'UNKNOWN_BUILDER',
    hints: ['list the builders with "ls"'],
  })
}
