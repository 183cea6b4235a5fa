import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import type { SourceFile } from '../../core/source/source-file.ts'
import type { Body } from '../body.ts'
import { problem } from '../problem.ts'
import { type JsonNode, startOf } from './ast.ts'
import { jsonBody } from './json-body.ts'
import { JsonReader } from './parse-value.ts'

/** Reads a file in JSON syntax (spec bake 2.2). */
export function parseJson(file: SourceFile): Checked<Body> {
  const reader = new JsonReader(file)
  const root = reader.document()
  const diagnostics: Diagnostic[] = [...reader.diagnostics, ...checkRoot(root)]
  return { value: jsonBody(root.kind === 'object' ? root : emptyObject(root)), diagnostics }
}

/** HCL allows an array of objects, but a bake definition has to be one object. */
function checkRoot(root: JsonNode): readonly Diagnostic[] {
  if (root.kind === 'object') return []
  if (root.kind === 'array') {
    const detail = 'A JSON object is required here, setting the arguments for this block.'
    return [problem('json/wrong-type', 'Incorrect JSON value type', detail, startOf(root))]
  }
  const detail =
    'The root value in a JSON-based configuration must be either a JSON object or a JSON array of objects.'
  return [problem('json/wrong-root', 'Root value must be object', detail, startOf(root))]
}

function emptyObject(root: JsonNode): JsonNode {
  const span = { ...root.span, start: 0, end: 0 }
  return { kind: 'object', members: [], openSpan: span, closeSpan: span, span }
}
