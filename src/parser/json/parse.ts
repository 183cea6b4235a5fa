import type { Checked } from '../../core/diag/diagnostic.ts'
import type { SourceFile } from '../../core/source/source-file.ts'
import type { Body } from '../body.ts'
import { parseHcl } from '../hcl/parse.ts'

export function parseJson(file: SourceFile): Checked<Body> {
  return parseHcl(file)
}
