import { shownPlatforms } from '../../builder/node-state.ts'
import { openBuilder } from '../../builder/open-builder.ts'
import type { GcPolicy } from '../../buildkit/wire/types.ts'
import { humanBytes } from '../../core/go/bytes.ts'
import { readTimeout, refuseArguments, refuseFlag } from '../arguments.ts'
import type { CommandInput } from '../command.ts'
import { EXIT } from '../exit.ts'
import { renderPairs } from '../table-text.ts'
import { showBoot } from './builders-boot.ts'
import { inspectBuilder, type ListedBuilder, type ListedNode } from './builders-listing.ts'

type Pairs = readonly (readonly [string, string])[]

/** `bakekit inspect` (spec cli 3.3). Throws `BuildFailure`. */
export async function runInspect(input: CommandInput): Promise<number> {
  const { flags, host } = input
  if (flags.positionals.length > 1) {
    return refuseArguments(input, { name: 'inspect', usage: '[NAME]' }, 'requires at most 1 argument')
  }
  const timeout = readTimeout(input)
  if (typeof timeout === 'string')
    return refuseFlag(input, 'cli/timeout', timeout, 'write a duration such as 20s')
  const name = flags.positionals[0] ?? flags.strings.get('builder') ?? host.env['BUILDX_BUILDER']
  if (flags.bools.get('bootstrap') === true) await showBoot(await openBuilder(name, host), host)
  const builder = await inspectBuilder(name, timeout, host)
  host.stdout.write(renderBuilder(builder))
  return EXIT.ok
}

function renderBuilder(builder: ListedBuilder): string {
  const head: Pairs = [
    ['Name', builder.name],
    ['Driver', builder.driver],
    ...(builder.lastActivity === undefined ? [] : [['Last Activity', goTime(builder.lastActivity)] as const]),
    ...(builder.error === undefined ? [] : [['Error', builder.error] as const]),
  ]
  if (builder.error !== undefined) return renderPairs(head)
  return `${renderPairs(head)}\nNodes:\n${builder.nodes.map(renderNode).join('\n')}`
}

function renderNode({ endpoint, record, state }: ListedNode): string {
  const options = Object.entries(record?.options ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  const platforms = shownPlatforms(state, '*')
  const flags = record?.flags ?? []
  const [worker] = state.workers
  const pairs: Pairs = [
    ['Name', state.node.name],
    ['Endpoint', endpoint],
    ...present('Driver Options', options.join(' ')),
    ...(state.error === undefined ? present('Status', state.status) : present('Error', state.error)),
    ...present('BuildKit daemon flags', flags.join(' ')),
    ...present('BuildKit version', state.version ?? ''),
    ...present('Platforms', platforms.join(', ')),
  ]
  const labels = Object.entries(worker?.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const files = Object.entries(record?.files ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    renderPairs(pairs),
    ...(labels.length === 0 ? [] : [`Labels:\n${renderPairs(labels, ' ')}`]),
    ...(worker?.gcPolicies ?? []).map(
      (rule, i) => `GC Policy rule#${i}:\n${renderPairs(rulePairs(rule), ' ')}`,
    ),
    ...files.map(([name, data]) => `File#${name}:\n${quoted(Buffer.from(data, 'base64').toString())}`),
  ].join('')
}

function rulePairs(rule: GcPolicy): Pairs {
  const size = (name: string, bytes: number): Pairs => (bytes > 0 ? [[name, humanBytes(bytes)]] : [])
  return [
    ['All', String(rule.all)],
    ...present('Filters', rule.filters.join(' ')),
    ...(rule.keepDurationMs > 0 ? [['Keep Duration', goDuration(rule.keepDurationMs)] as const] : []),
    ...size('Reserved Space', rule.reservedBytes),
    ...size('Max Used Space', rule.maxUsedBytes),
    ...size('Min Free Space', rule.minFreeBytes),
  ]
}

function present(key: string, value: string): Pairs {
  return value === '' ? [] : [[key, value]]
}

function quoted(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => ` > ${line}\n`)
    .join('')
}

/** `2026-11-20 23:13:32 +0000 UTC`, as Go prints a time. */
function goTime(rfc3339: string): string {
  return `${new Date(rfc3339)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '')} +0000 UTC`
}

/** `48h0m0s`, as Go prints a duration. */
function goDuration(ms: number): string {
  const seconds = ms / 1000
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = `${Number((seconds % 60).toFixed(3))}s`
  if (hours > 0) return `${hours}h${minutes}m${rest}`
  return minutes > 0 ? `${minutes}m${rest}` : rest
}
