import { shownPlatforms } from '../../builder/node-state.ts'
import { readTimeout, refuseArguments, refuseFlag } from '../arguments.ts'
import type { CommandInput } from '../command.ts'
import { EXIT } from '../exit.ts'
import { goJson, parseRowTemplate, type TemplateRow } from '../row-template.ts'
import { renderTable } from '../table-text.ts'
import { type ListedBuilder, type ListedNode, listBuilders } from './builders-listing.ts'
import { shortPlatforms } from './builders-platforms.ts'

const HEADERS: Readonly<Record<string, string>> = {
  Name: 'NAME/NODE',
  DriverEndpoint: 'DRIVER/ENDPOINT',
  LastActivity: 'LAST ACTIVITY',
  Status: 'STATUS',
  Buildkit: 'BUILDKIT',
  Platforms: 'PLATFORMS',
  Error: '<no value>',
}
const FIELDS: readonly string[] = Object.keys(HEADERS)
const DEFAULT_TABLE = '{{.Name}}\t{{.DriverEndpoint}}\t{{.Status}}\t{{.Buildkit}}\t{{.Platforms}}'
const NEVER = '0001-01-01T00:00:00Z'
const NS_PER_MS = 1_000_000

/** `bakekit ls` (spec cli 3.2). Builders that cannot be asked are told behind the table; the status stays 0. */
export async function runLs(input: CommandInput): Promise<number> {
  const { flags, host } = input
  if (flags.positionals.length > 0) {
    return refuseArguments(input, { name: 'ls', usage: '' }, 'requires 0 arguments')
  }
  const timeout = readTimeout(input)
  if (typeof timeout === 'string')
    return refuseFlag(input, 'cli/timeout', timeout, 'write a duration such as 20s')
  const format = flags.strings.get('format') ?? 'table'
  const isTable = format === 'table' || format.startsWith('table ')
  const text = !isTable ? format : format === 'table' ? DEFAULT_TABLE : format.slice('table '.length)
  const template = format === 'json' ? undefined : parseRowTemplate(text, FIELDS, '*commands.lsContext')
  if (template?.ok === false) {
    return refuseFlag(
      input,
      'cli/format',
      template.message,
      `the fields are ${FIELDS.map((f) => `.${f}`).join(', ')}`,
    )
  }
  const { builders, damaged } = await listBuilders(timeout, host)
  if (template === undefined) {
    for (const one of builders) host.stdout.write(`${goJson(builderJson(one))}\n`)
  } else {
    const rows = builders.flatMap((one) => rowsOf(one, isTable, flags.bools.get('no-trunc') === true))
    const lines = rows.map(template.render)
    if (isTable) {
      const head = template.render({ fields: HEADERS, json: {} })
      host.stdout.write(renderTable([head, ...lines].map((line) => line.split('\t'))))
    } else for (const line of lines) host.stdout.write(`${line}\n`)
  }
  const problems = isTable ? problemsOf(builders) : []
  if (problems.length > 0) host.stderr.write(`\n${problems.join('\n')}\n`)
  for (const message of damaged) host.stderr.write(`WARNING: ${message}\n`)
  return EXIT.ok
}

function rowsOf(builder: ListedBuilder, isTable: boolean, allPlatforms: boolean): readonly TemplateRow[] {
  const json = builderJson(builder)
  const head = {
    Name: isTable && builder.isCurrent ? `${builder.name}*` : builder.name,
    DriverEndpoint: builder.driver,
    LastActivity: builder.lastActivity ?? '',
    Status: builder.error === undefined ? '' : 'error',
    Error: builder.error ?? '',
  }
  const lead = isTable ? ' \\_ ' : ''
  const nodes = builder.nodes.map(({ endpoint, state }) => {
    const platforms = shownPlatforms(state, '*')
    return {
      Name: lead + state.node.name,
      DriverEndpoint: lead + endpoint,
      Status: state.error === undefined ? state.status : 'error',
      Buildkit: state.version ?? '',
      Platforms: (isTable && !allPlatforms ? shortPlatforms(platforms) : platforms).join(', '),
      Error: state.error ?? '',
    }
  })
  return [head, ...nodes].map((fields) => ({ fields, json }))
}

function problemsOf(builders: readonly ListedBuilder[]): readonly string[] {
  return builders.flatMap((builder) => [
    ...(builder.error === undefined ? [] : [`Cannot load builder ${builder.name}: ${builder.error}`]),
    ...builder.nodes.flatMap(({ state }) =>
      state.error === undefined
        ? []
        : [`Failed to get status for ${builder.name} (${state.node.name}): ${state.error}`],
    ),
  ])
}

/** The keys of the reference; absent ones have nothing to say. */
function builderJson(builder: ListedBuilder): object {
  return {
    Current: builder.isCurrent,
    Driver: builder.driver,
    Dynamic: builder.dynamic,
    LastActivity: builder.lastActivity ?? NEVER,
    Name: builder.name,
    Nodes: builder.error === undefined ? builder.nodes.map(nodeJson) : [{ Endpoint: '', Name: '' }],
    ...(builder.error !== undefined && { Err: builder.error }),
  }
}

function nodeJson({ endpoint, record, state }: ListedNode): object {
  const platforms = shownPlatforms(state, '')
  const [worker] = state.workers
  const { options = {}, flags = [], files = {} } = record ?? {}
  return {
    Name: state.node.name,
    Endpoint: endpoint,
    ...(platforms.length > 0 && { Platforms: platforms }),
    ...(Object.keys(options).length > 0 && { DriverOpts: options }),
    ...(flags.length > 0 && { Flags: flags }),
    ...(Object.keys(files).length > 0 && { Files: files }),
    Status: state.error === undefined ? state.status : 'error',
    ...(state.version !== undefined && { Version: state.version }),
    ...(state.workers.length > 0 && { IDs: state.workers.map(({ id }) => id).sort() }),
    ...(worker !== undefined && Object.keys(worker.labels).length > 0 && { Labels: worker.labels }),
    ...(worker !== undefined &&
      worker.gcPolicies.length > 0 && {
        GCPolicy: worker.gcPolicies.map((rule) => ({
          all: rule.all,
          filter: rule.filters.length === 0 ? null : rule.filters,
          keepDuration: rule.keepDurationMs * NS_PER_MS,
          reservedSpace: rule.reservedBytes,
          maxUsedSpace: rule.maxUsedBytes,
          minFreeSpace: rule.minFreeBytes,
        })),
      }),
    ...(state.error !== undefined && { Err: state.error }),
  }
}
