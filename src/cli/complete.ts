import { hasErrors } from '../core/diag/diagnostic.ts'
import { FileTable } from '../core/source/file-table.ts'
import type { Host } from '../host/host.ts'
import { loadDefinition } from '../load/definition.ts'
import { chooseFiles, readFiles } from '../load/files.ts'
import type { Command } from './command.ts'
import type { FlagRow } from './flags.ts'
import { GLOBAL_FLAGS } from './global-flags.ts'

/** What a shell does with the candidates, in the numbers and names of the reference (spec cli 10). */
const DIRECTIVES = {
  default: { bits: 0, name: 'Default' },
  error: { bits: 1, name: 'Error' },
  noFiles: { bits: 4, name: 'NoFileComp' },
} as const

interface Candidates {
  readonly lines: readonly { readonly word: string; readonly doc?: string }[]
  readonly directive: keyof typeof DIRECTIVES
}

/** Answers what may stand in place of the last of `words`; stdout is for the shell, stderr for people. */
export async function complete(
  words: readonly string[],
  commands: readonly Command[],
  host: Host,
  withDocs: boolean,
): Promise<void> {
  const last = words[words.length - 1] ?? ''
  const { lines, directive } = await candidates(words.slice(0, -1), last, commands, host)
  const { bits, name } = DIRECTIVES[directive]
  const shown = lines
    .filter(({ word }) => word.startsWith(last))
    .map(({ word, doc }) => (withDocs && doc !== undefined ? `${word}\t${doc}` : word))
  host.stdout.write([...shown, `:${bits}`, ''].join('\n'))
  host.stderr.write(`Completion ended with directive: ShellCompDirective${name}\n`)
}

async function candidates(
  before: readonly string[],
  last: string,
  commands: readonly Command[],
  host: Host,
): Promise<Candidates> {
  const command = commands.find((one) =>
    before.some((word) => word === one.name || one.aliases.includes(word)),
  )
  const rows = [...GLOBAL_FLAGS, ...(command?.flags ?? [])].filter((row) => row.hidden !== true)
  const ended = before.includes('--')
  const open = ended ? undefined : openFlag(before[before.length - 1], rows)
  if (open?.long === 'builder') return builderNames(host)
  if (open !== undefined) return flagValues(open)
  if (last.startsWith('-') && !ended) return { lines: rows.flatMap(flagWords), directive: 'noFiles' }
  if (command === undefined) {
    const known = before.some((word) => !word.startsWith('-'))
    if (known) return { lines: [], directive: 'default' }
    return {
      lines: commands.map(({ name, summary }) => ({ word: name, doc: summary })),
      directive: 'noFiles',
    }
  }
  if (command.name === 'bake') return targetNames(host)
  return TAKES_BUILDERS.has(command.name) ? builderNames(host) : { lines: [], directive: 'noFiles' }
}

/** Commands whose arguments are names of builders. */
const TAKES_BUILDERS: ReadonlySet<string> = new Set(['inspect', 'rm', 'stop', 'use'])

/** Recorded builders, then docker contexts. */
async function builderNames(host: Host): Promise<Candidates> {
  const [{ listInstances }, { loadDockerConfig }, { listDockerContexts }] = await Promise.all([
    import('../builder/store.ts'),
    import('../docker/config.ts'),
    import('../docker/context.ts'),
  ])
  const { instances } = await listInstances(host)
  const contexts = await listDockerContexts(await loadDockerConfig(host), host)
  const names = new Set([...instances, ...contexts].map((one) => one.name))
  return { lines: [...names].map((word) => ({ word })), directive: 'noFiles' }
}

/** The flag whose value is being typed. */
function openFlag(word: string | undefined, rows: readonly FlagRow[]): FlagRow | undefined {
  return rows.find(
    (row) =>
      row.kind !== 'bool' &&
      (word === `--${row.long}` || (row.short !== undefined && word === `-${row.short}`)),
  )
}

function flagValues(row: FlagRow): Candidates {
  const closed = row.values?.filter((value) => !value.includes('=')) ?? []
  return { lines: closed.map((word) => ({ word })), directive: closed.length > 0 ? 'noFiles' : 'default' }
}

function flagWords(row: FlagRow): Candidates['lines'] {
  const long = { word: `--${row.long}`, doc: row.doc }
  return row.short === undefined ? [long] : [long, { word: `-${row.short}`, doc: row.doc }]
}

/** Groups and targets of the default files, private ones too. */
async function targetNames(host: Host): Promise<Candidates> {
  const table = new FileTable()
  const choice = await chooseFiles([], host)
  const files = await readFiles(choice.value, table, host)
  if (files.value.length === 0) return { lines: [], directive: 'noFiles' }
  const settings = { vars: new Map<string, string>(), cmdContext: 'cwd://', relativePaths: false }
  const { value, diagnostics } = await loadDefinition(files.value, settings, table, host)
  if (hasErrors([...choice.diagnostics, ...files.diagnostics, ...diagnostics])) {
    return { lines: [], directive: 'error' }
  }
  const names = new Set([...value.groups.keys(), ...value.targets.keys()])
  return { lines: [...names].map((word) => ({ word })), directive: 'noFiles' }
}
