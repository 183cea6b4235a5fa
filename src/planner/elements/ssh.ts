import type { SshEntry } from '../plan.ts'

/** Reads one `ssh` text: `ID` or `ID=PATH[,PATH...]`; commas are not quoted. Never refuses. */
export function parseSsh(text: string): SshEntry {
  const equals = text.indexOf('=')
  if (equals < 0) return { id: text, paths: [] }
  return { id: text.slice(0, equals), paths: text.slice(equals + 1).split(',') }
}
