import type { Span } from '../../core/source/source-file.ts'
import { refuse, type Stop } from './stop.ts'

/** A value that fits the schema but cannot be taken; `place` is in the reference's notation, `services[a].build.pull`. */
export function decodeFailure(place: string, why: string, at: Span, hint: string): Stop {
  const summary = `decoding failed due to the following error(s):\n\n'${place}' ${why}`
  return refuse('compose/bad-value', summary, { at, hints: [hint] })
}
