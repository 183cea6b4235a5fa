import type { Code, Diagnostic } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'

/**
 * Ends the reading inside this room: the reference stops at its first mistake, and so does this reader.
 * Caught in read.ts; nothing outside ever sees one.
 */
export class Stop extends Error {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.summary ?? '')
    this.diagnostics = diagnostics
  }
}

/** Ends the reading because other files are needed first. Caught in read.ts. */
export class Wanted extends Error {
  readonly paths: readonly string[]

  constructor(paths: readonly string[]) {
    super('more files are needed')
    this.paths = paths
  }
}

/** What besides code and text a refusal may say. */
export interface RefusalParts {
  readonly at?: Span | undefined
  readonly detail?: string
  readonly hints?: readonly string[]
  readonly related?: Diagnostic['related']
}

/** A `Stop` with one error. The summary is the reference's text. */
export function refuse(code: Code, summary: string, parts: RefusalParts = {}): Stop {
  return new Stop([problem(code, summary, parts)])
}

/** One error diagnostic of this room. */
export function problem(code: Code, summary: string, parts: RefusalParts = {}): Diagnostic {
  const { at, detail, hints, related } = parts
  return {
    severity: 'error',
    code,
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(at === undefined ? {} : { subject: at }),
    ...(related === undefined ? {} : { related }),
    ...(hints === undefined ? {} : { hints }),
  }
}
