import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import type { SourceFile } from '../../core/source/source-file.ts'
import type { Body } from '../body.ts'
import { problem } from '../problem.ts'
import type { JsonNode } from './ast.ts'
import { jsonFileBody } from './json-body.ts'
import { JsonReader } from './parse-value.ts'

/**
 * Reads a file in JSON syntax (spec bake 2.2). HCL allows an array of objects at the root; that a bake
 * definition has to be one object is reported by the body.
 */
export function parseJson(file: SourceFile): Checked<Body> {
  const reader = new JsonReader(file)
  const root = reader.document()
  const { diagnostics } = reader
  if (root.kind === 'object' || root.kind === 'array') return { value: jsonFileBody(root), diagnostics }
  return { value: jsonFileBody(emptyObject(root)), diagnostics: [...diagnostics, wrongRoot(root)] }
}

function wrongRoot(root: JsonNode): Diagnostic {
  const detail =
    'The root value in a JSON-based configuration must be either a JSON object or a JSON array of objects.'
  return problem('json/wrong-root', 'Root value must be object', detail, root.span)
}

function emptyObject(root: JsonNode): JsonNode {
  const span = { ...root.span, start: 0, end: 0 }
  return { kind: 'object', members: [], openSpan: span, closeSpan: span, span }
}
