import type { SourceRange } from '../core/event/event.ts'
import { excerpt } from './excerpt.ts'

/**
 * The mistake that ended a check before its end: message, place and a line end, as the reference shows it.
 * `answer` is the parsed `result.json`; `shownName` renames a Dockerfile the user never named.
 */
export function checkError(answer: unknown, shownName: (file: string) => string): string | undefined {
  if (!isRecord(answer)) return undefined
  const error = answer['buildError']
  if (!isRecord(error) || typeof error['message'] !== 'string') return undefined
  const location = isRecord(error['location']) ? error['location'] : {}
  const sources = Array.isArray(answer['sources']) ? answer['sources'] : []
  const source: unknown = sources[Number(location['sourceIndex'] ?? 0)]
  const place = isRecord(source) ? placeOf(source, rangesOf(location['ranges']), shownName) : ''
  return `${error['message']}\n${place}`
}

function placeOf(
  source: Readonly<Record<string, unknown>>,
  ranges: readonly SourceRange[],
  shownName: (file: string) => string,
): string {
  const filename = shownName(String(source['filename'] ?? ''))
  const data = Buffer.from(String(source['data'] ?? ''), 'base64')
  return excerpt({ filename, data, language: 'Dockerfile' }, ranges)
}

function rangesOf(value: unknown): readonly SourceRange[] {
  if (!Array.isArray(value)) return []
  return value
    .filter(isRecord)
    .map((range) => ({ start: position(range['start']), end: position(range['end']) }))
}

function position(value: unknown): SourceRange['start'] {
  const at = isRecord(value) ? value : {}
  return { line: Number(at['line'] ?? 0), character: Number(at['character'] ?? 0) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
