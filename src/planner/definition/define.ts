import type { Checked } from '../../core/diag/diagnostic.ts'
import type { BakeDefinition } from './definition.ts'
import type { DefinitionInputs } from './inputs.ts'

/** Decodes, evaluates and merges everything the files say (spec bake 1.6, 2, 6). */
export function define(_inputs: DefinitionInputs): Checked<BakeDefinition> {
  return { value: { groups: new Map(), targets: new Map(), variables: [] }, diagnostics: [] }
}
