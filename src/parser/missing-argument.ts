import type { Diagnostic } from '../core/diag/diagnostic.ts'
import { quote } from '../core/go/quote.ts'
import type { Span } from '../core/source/source-file.ts'
import { problem } from './problem.ts'

/** A required attribute that a body does not have. */
export function missingArgument(name: string, span: Span): Diagnostic {
  const detail = `The argument ${quote(name)} is required, but no definition was found.`
  return problem('schema/missing-argument', 'Missing required argument', detail, span)
}
