import type { Diagnostic } from './diagnostic.ts'

/**
 * Removes repetitions (same code, subject and summary) and sorts by file and offset; what has no
 * place comes last. The first error given stays first, because the reference reports that one.
 */
export function orderDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const distinct = new Map<string, Diagnostic>()
  for (const one of diagnostics) {
    const key = identityOf(one)
    if (!distinct.has(key)) distinct.set(key, one)
  }
  const first = diagnostics.find((one) => one.severity === 'error')
  const rest = [...distinct.values()].filter(
    (one) => first === undefined || identityOf(one) !== identityOf(first),
  )
  rest.sort(byPlace)
  return first === undefined ? rest : [first, ...rest]
}

/** What is worth showing: without mistakes that only follow from others. */
export function withoutFollowUps(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const telling = diagnostics.filter((one) => one.standing !== 'follow-up')
  return telling.some((one) => one.severity === 'error') ? telling : diagnostics
}

function identityOf(one: Diagnostic): string {
  const place = one.subject === undefined ? '' : `${one.subject.file}:${one.subject.start}-${one.subject.end}`
  return `${one.code}\n${place}\n${one.summary}`
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.subject === undefined || b.subject === undefined) {
    return Number(a.subject === undefined) - Number(b.subject === undefined)
  }
  return a.subject.file - b.subject.file || a.subject.start - b.subject.start || a.subject.end - b.subject.end
}
