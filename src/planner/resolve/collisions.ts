import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'
import type { CacheEntry, OutputEntry, ResolvedTarget } from '../plan.ts'

interface Writer {
  readonly target: string
  readonly span?: Span
}

/** Warns when two targets of one run write the same tag, cache or file: the last one to finish wins. */
export function collisionWarnings(targets: Iterable<ResolvedTarget>): readonly Diagnostic[] {
  const writers = new Map<string, Writer[]>()
  const add = (what: string, target: ResolvedTarget, key: string): void => {
    const span = target.fieldSpans?.get(key)
    const known = writers.get(what)
    const writer = { target: target.name, ...(span === undefined ? {} : { span }) }
    if (known === undefined) writers.set(what, [writer])
    else if (known.at(-1)?.target !== target.name) known.push(writer)
  }
  for (const target of targets) {
    if (target.linkedOnly) continue
    const { fields } = target
    for (const tag of fields.tags ?? []) add(`tag "${tag}"`, target, 'tags')
    for (const entry of fields.cacheTo ?? []) {
      const place = cachePlace(entry)
      if (place !== undefined) add(`cache ${place}`, target, 'cache-to')
    }
    for (const entry of fields.output ?? []) {
      const place = outputPlace(entry)
      if (place !== undefined) add(`output "${place}"`, target, 'output')
    }
  }
  return [...writers].filter(([, by]) => by.length > 1).map(([what, by]) => collision(what, by))
}

function cachePlace(entry: CacheEntry): string | undefined {
  if (entry.type === 'registry' && entry.attrs['ref'] !== undefined) return `"${entry.attrs['ref']}"`
  if (entry.type === 'local' && entry.attrs['dest'] !== undefined) return `"${entry.attrs['dest']}"`
  return undefined
}

function outputPlace(entry: OutputEntry): string | undefined {
  const dest = entry.attrs['dest']
  return dest === undefined || dest === '-' ? undefined : dest
}

function collision(what: string, writers: readonly Writer[]): Diagnostic {
  const names = writers.map((writer) => `"${writer.target}"`)
  const spans = writers.flatMap(({ span, target }) => (span === undefined ? [] : [{ span, target }]))
  const [subject] = spans
  const distinct = new Map(spans.map((place) => [`${place.span.file}:${place.span.start}`, place]))
  const related = [...distinct.values()].slice(1)
  return {
    severity: 'warning',
    code: 'graph/same-result',
    summary: `targets ${names.slice(0, -1).join(', ')} and ${names.at(-1)} write the same ${what}`,
    detail: 'The one that finishes last wins.',
    ...(subject === undefined ? {} : { subject: subject.span }),
    ...(related.length === 0
      ? {}
      : { related: related.map(({ span, target }) => ({ span, label: `also written by "${target}"` })) }),
  }
}
