import type { Diagnostic } from '../core/diag/diagnostic.ts'
import type { Span } from '../core/source/source-file.ts'
import { spellPlatform } from './platforms.ts'
import { problem } from './unsupported.ts'

/**
 * Exporter attributes of annotations written `type[platform],type2:key=value` (spec buildkit 8.5);
 * without a type the key stays plain `annotation.key`.
 */
export function annotationAttrs(
  annotations: readonly string[] | undefined,
  report: (d: Diagnostic) => void,
  span?: Span,
): Readonly<Record<string, string>> {
  const attrs: Record<string, string> = {}
  for (const text of annotations ?? []) {
    const equals = text.indexOf('=')
    if (equals < 0) {
      report(problem('solve/annotation', `invalid annotation "${text}", expected key=value`, span))
      continue
    }
    const [left, value] = [text.slice(0, equals), text.slice(equals + 1)]
    const colon = left.indexOf(':')
    if (colon < 0) {
      attrs[`annotation.${left}`] = value
      continue
    }
    for (const type of left.slice(0, colon).split(',')) {
      const prefix = typePrefix(type)
      if (prefix === undefined) report(problem('solve/annotation', `unknown annotation type "${type}"`, span))
      else attrs[`annotation-${prefix}.${left.slice(colon + 1)}`] = value
    }
  }
  return attrs
}

/** Whether any annotation aims at the image index. */
export function hasIndexAnnotations(attrs: Readonly<Record<string, string>>): boolean {
  return Object.keys(attrs).some(
    (k) => k.startsWith('annotation-index') || k.startsWith('annotation-manifest-descriptor'),
  )
}

function typePrefix(text: string): string | undefined {
  const match = /^(manifest|manifest-descriptor|index|index-descriptor)(?:\[([A-Za-z0-9_/-]+)\])?$/.exec(text)
  if (!match) return undefined
  return match[2] === undefined ? match[1] : `${match[1]}[${spellPlatform(match[2])}]`
}
