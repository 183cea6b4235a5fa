import type { Command } from './command.ts'
import type { FlagRow } from './flags.ts'
import { GLOBAL_FLAGS } from './global-flags.ts'

/** Help of one command: usage, what it does, common flags, other flags, examples (style 3.10). */
export function renderCommandHelp(command: Command, program: string): string {
  const shown = command.flags.filter((row) => row.hidden !== true)
  const common = shown.filter((row) => row.common === true)
  const others = shown.filter((row) => row.common !== true)
  const parts = [
    `Usage:  ${program} ${command.name} ${command.usage}`.trimEnd(),
    command.about,
    ...(command.aliases.length === 0 ? [] : [`Aliases:\n  ${[command.name, ...command.aliases].join(', ')}`]),
    ...(common.length === 0 ? [] : [`Common options:\n${renderRows(common)}`]),
    ...(others.length === 0
      ? []
      : [`${common.length === 0 ? 'Options' : 'Other options'}:\n${renderRows(others)}`]),
    `Global options:\n${renderRows(GLOBAL_FLAGS)}`,
    ...(command.examples.length === 0
      ? []
      : [`Examples:\n${command.examples.map((e) => `  ${program} ${e.line}\n      ${e.doc}`).join('\n')}`]),
  ]
  return `${parts.join('\n\n')}\n`
}

/** Help of the program: every command with its one line. */
export function renderProgramHelp(commands: readonly Command[], program: string): string {
  const width = Math.max(...commands.map((c) => c.name.length))
  const lines = commands.map((c) => `  ${c.name.padEnd(width)}  ${c.summary}`)
  return [
    `Usage:  ${program} [OPTIONS] COMMAND`,
    'Build many container images described in one definition.',
    `Commands:\n${lines.join('\n')}`,
    `Global options:\n${renderRows(GLOBAL_FLAGS)}`,
    `Run '${program} COMMAND --help' for more information on a command.`,
  ]
    .join('\n\n')
    .concat('\n')
}

function renderRows(rows: readonly FlagRow[]): string {
  const heads = rows.map((row) => {
    const short = row.short === undefined ? '    ' : `-${row.short}, `
    const value = row.kind === 'bool' ? '' : ` ${row.value ?? 'VALUE'}`
    return `  ${short}--${row.long}${value}`
  })
  const width = Math.max(...heads.map((h) => h.length))
  return rows
    .map((row, i) => {
      const values = row.values === undefined ? '' : ` (${row.values.join(', ')})`
      const byDefault = row.default === undefined ? '' : ` [default: ${row.default}]`
      const repeat = row.kind === 'array' || row.kind === 'slice' ? ' (repeatable)' : ''
      return `${(heads[i] as string).padEnd(width)}   ${row.doc}${values}${repeat}${byDefault}`
    })
    .join('\n')
}
