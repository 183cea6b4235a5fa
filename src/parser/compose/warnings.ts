import type { Code, Diagnostic } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'

/** Collects warnings; each one is kept once, however often a file is looked at. */
export class Warnings {
  private readonly kept = new Map<string, Diagnostic>()

  add(code: Code, summary: string, at: Span | undefined, hints: readonly string[] = []): void {
    if (this.kept.has(summary)) return
    this.kept.set(summary, {
      severity: 'warning',
      code,
      summary,
      ...(at === undefined ? {} : { subject: at }),
      ...(hints.length === 0 ? {} : { hints }),
    })
  }

  /** A `$NAME` without a default that is not set. */
  unset(name: string, at: Span | undefined): void {
    this.add(
      'compose/unset-variable',
      `The "${name}" variable is not set. Defaulting to a blank string.`,
      at,
      [`set ${name}, or write a default: \${${name}:-...}`],
    )
  }

  all(): readonly Diagnostic[] {
    return [...this.kept.values()]
  }
}
