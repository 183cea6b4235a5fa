import type { Span } from '../../core/source/source-file.ts'
import { refuse } from './stop.ts'

/** What of a short volume form decides whether a file is accepted. */
export interface VolumeForm {
  readonly source: string
  readonly target: string
}

/** Reads `[SOURCE:]TARGET[:OPTIONS]`; a drive letter's colon does not divide, nor do colons within `${...}`. */
export function readVolume(spec: string, at: Span): VolumeForm {
  if (spec === '')
    throw refuse('compose/bad-volume', 'invalid empty volume spec', { at, hints: ['write SOURCE:TARGET'] })
  if (new TextEncoder().encode(spec).length <= 2) return { source: '', target: spec }
  const parts = splitParts(spec)
  const why = parts.includes('')
    ? 'empty section between colons'
    : parts.length > 3
      ? 'too many colons'
      : undefined
  if (why !== undefined) {
    throw refuse('compose/bad-volume', `invalid spec: ${spec}: ${why}`, {
      at,
      hints: ['write SOURCE:TARGET[:OPTIONS]'],
    })
  }
  const [first = '', second] = parts
  return second === undefined ? { source: '', target: first } : { source: first, target: second }
}

function splitParts(spec: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  let depth = 0
  for (let i = 0; i < spec.length; i++) {
    const char = spec.charAt(i)
    if (char === '$' && spec.charAt(i + 1) === '{') depth += 1
    if (char === '}' && depth > 0) depth -= 1
    const drive = char === ':' && /^\p{L}$/u.test(part)
    if (char !== ':' || depth > 0 || drive) {
      part += char
      continue
    }
    parts.push(part)
    part = ''
  }
  parts.push(part)
  return parts
}
