import type { SourceInfo, SourceRange } from '../core/event/event.ts'
import { excerpt } from './excerpt.ts'

/** The places in source files that an error carries, outermost first; empty for other errors. */
export function errorSources(
  error: unknown,
): readonly { readonly info: SourceInfo; readonly ranges: readonly SourceRange[] }[] {
  let at: unknown = error
  while (at instanceof Error) {
    const details: unknown = 'details' in at ? at.details : undefined
    if (
      typeof details === 'object' &&
      details !== null &&
      'sources' in details &&
      Array.isArray(details.sources)
    ) {
      if (details.sources.length > 0) return details.sources
    }
    at = at.cause
  }
  return []
}

/** What stands between progress and the `ERROR:` line: Dockerfile excerpts, innermost first (spec buildkit 13.2). */
export function failureExcerpts(error: unknown): string {
  return [...errorSources(error)]
    .reverse()
    .map(({ info, ranges }) => excerpt(info, ranges))
    .join('')
}

/** Excerpts and hints, then one line `ERROR:` with the message of each failure, ready for stderr. */
export function failureText(errors: Error | readonly Error[]): string {
  const all = errors instanceof Error ? [errors] : errors
  const parts = all.map((error) => `${failureExcerpts(error)}${hintLines(error)}`)
  // Targets that share a mistake show it once.
  return `${[...new Set(parts)].join('')}${all.map((error) => `ERROR: ${error.message}\n`).join('')}`
}

function hintLines(error: Error): string {
  const hints = 'hints' in error && Array.isArray(error.hints) ? error.hints : []
  return hints.map((hint) => `hint: ${String(hint)}\n`).join('')
}
