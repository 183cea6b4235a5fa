import { createInterface } from 'node:readline/promises'
import { chooseBuilder } from '../../builder/choose.ts'
import { loadNodeStates } from '../../builder/node-state.ts'
import { openBuilder, openInstance } from '../../builder/open-builder.ts'
import { listInstances, removeInstance } from '../../builder/store.ts'
import { withStoreLock } from '../../builder/store-files.ts'
import { BuildFailure } from '../../core/failure.ts'
import { loadDockerConfig } from '../../docker/config.ts'
import type { Host } from '../../host/host.ts'
import { readTimeout, refuseFlag } from '../arguments.ts'
import type { CommandInput } from '../command.ts'
import { EXIT } from '../exit.ts'

const WARNING =
  'WARNING! This will remove all builders that are not in running state. Are you sure you want to continue? [y/N] '

/** `bakekit rm` (spec cli 3.4): every builder is tried, and what happened stands on stderr. Throws `BuildFailure`. */
export async function runRm(input: CommandInput): Promise<number> {
  const { flags, host } = input
  const timeout = readTimeout(input)
  if (typeof timeout === 'string')
    return refuseFlag(input, 'cli/timeout', timeout, 'write a duration such as 20s')
  const names = flags.positionals
  if (flags.bools.get('all-inactive') === true) {
    if (names.length > 0) {
      const summary = 'cannot specify builder name when --all-inactive is set'
      return refuseFlag(input, 'cli/names-and-all', summary, 'give either the names or --all-inactive')
    }
    if (flags.bools.get('force') !== true && !(await agrees(host))) return EXIT.ok
    return removeAll(await inactiveNames(timeout, host), input)
  }
  if (names.length > 0) return removeAll(names, input)
  const chosen = await chooseBuilder(flags.strings.get('builder'), await loadDockerConfig(host), host)
  return removeAll([chosen], input)
}

async function agrees(host: Host): Promise<boolean> {
  host.stdout.write(WARNING)
  const lines = createInterface({ input: host.stdin })
  try {
    const answer = await lines[Symbol.asyncIterator]().next()
    return !answer.done && answer.value.trim().toLowerCase() === 'y'
  } finally {
    lines.close()
  }
}

async function inactiveNames(timeoutMs: number, host: Host): Promise<readonly string[]> {
  const config = await loadDockerConfig(host)
  const { instances } = await listInstances(host)
  const inactive = await Promise.all(
    instances.map(async (record) => {
      const builder = await openInstance(record, config, host).catch(() => undefined)
      // A builder that cannot be opened cannot be shut down either.
      if (builder === undefined) return []
      const states = await loadNodeStates(builder, timeoutMs, host)
      return states.some((state) => state.status === 'running') ? [] : [record.name]
    }),
  )
  return inactive.flat()
}

async function removeAll(names: readonly string[], input: CommandInput): Promise<number> {
  const { host } = input
  const outcomes = await Promise.all(
    names.map((name) =>
      removeOne(name, input).then(
        () => `${name} removed`,
        (error: Error) => {
          host.signal.throwIfAborted()
          return { problem: `failed to remove ${name}: ${error.message}` }
        },
      ),
    ),
  )
  for (const one of outcomes) host.stderr.write(`${typeof one === 'string' ? one : one.problem}\n`)
  if (outcomes.every((one) => typeof one === 'string')) return EXIT.ok
  host.stderr.write('ERROR: failed to remove one or more builders\n')
  return EXIT.failed
}

async function removeOne(name: string, { flags, host }: CommandInput): Promise<void> {
  const builder = await openBuilder(name, host)
  if (builder.recorded !== true) {
    throw new BuildFailure(
      'driver',
      `context builder cannot be removed, run \`docker context rm ${name}\` to remove this context`,
      { code: 'CONTEXT_BUILDER' },
    )
  }
  const keep = new Set<'state' | 'daemon'>()
  if (flags.bools.get('keep-state') === true) keep.add('state')
  if (flags.bools.get('keep-daemon') === true) keep.add('daemon')
  await Promise.all(builder.nodes.map((node) => node.driver.remove(keep, host.signal)))
  await withStoreLock(host, () => removeInstance(builder.name, host))
}
