import { type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import type { Attribute, Block, BodyContent, BodySchema, Expression } from '../../parser/body.ts'
import { FIELDS, knownTargetKeys } from '../fields.ts'
import { constantText } from './constant.ts'
import type { DefinitionFile, DefinitionInputs } from './inputs.ts'
import { unexpectedName, unusedName } from './problems.ts'

/** A `target` or `group` block with its attributes split off. */
export interface BlockSource {
  readonly type: 'target' | 'group'
  readonly label: string
  readonly block: Block
  readonly file: DefinitionFile
  readonly attributes: ReadonlyMap<string, Attribute>
}

export interface VariableSource {
  readonly name: string
  readonly block: Block
  readonly type?: Expression
  readonly defaultValue?: Expression
  readonly description: string
  readonly validations: readonly ValidationSource[]
}

export interface ValidationSource {
  readonly block: Block
  readonly condition?: Expression
  readonly message?: Expression
}

export interface FunctionSource {
  readonly name: string
  readonly block: Block
  readonly params?: Attribute
  readonly variadic?: Attribute
  readonly result?: Attribute
}

/** All blocks and top-level attributes of all files, by what they declare. Later declarations win. */
export interface Sources {
  readonly variables: ReadonlyMap<string, VariableSource>
  readonly functions: ReadonlyMap<string, FunctionSource>
  readonly globals: ReadonlyMap<string, Attribute>
  /** Targets and groups in source order. */
  readonly blocks: readonly BlockSource[]
  readonly diagnostics: readonly Diagnostic[]
}

const FILE: BodySchema = {
  attributes: [],
  blocks: ['variable', 'function', 'group', 'target'].map((type) => ({ type, labels: ['name'] })),
}
const TARGET: BodySchema = {
  attributes: [...FIELDS.map((row) => row.key), 'inherits', 'name', 'matrix'].map((name) => ({ name })),
  blocks: [],
}
const GROUP: BodySchema = {
  attributes: [
    { name: 'targets', required: true },
    { name: 'description' },
    { name: 'name' },
    { name: 'matrix' },
  ],
  blocks: [],
}
const VARIABLE: BodySchema = {
  attributes: [{ name: 'default' }, { name: 'type' }, { name: 'description' }],
  blocks: [{ type: 'validation', labels: [] }],
}
const VALIDATION: BodySchema = {
  attributes: [{ name: 'condition' }, { name: 'error_message' }],
  blocks: [],
}
const FUNCTION: BodySchema = {
  attributes: [{ name: 'params' }, { name: 'variadic_params' }, { name: 'result' }],
  blocks: [],
}

/** Names of variables and functions that are ignored because they mean something else. */
function reservedNames(inputs: DefinitionInputs): ReadonlySet<string> {
  return new Set(['target', 'group', ...Object.keys(builtinValues(inputs))])
}

/** The built-in variables (spec bake 2.3.1). */
export function builtinValues(inputs: DefinitionInputs): Readonly<Record<string, string>> {
  return {
    BAKE_CMD_CONTEXT: inputs.builtins.cmdContext,
    BAKE_LOCAL_PLATFORM: inputs.builtins.localPlatform,
  }
}

/** Sorts the blocks of all files (spec bake 1.6, 2.1) without evaluating more than descriptions. */
export function collectSources(inputs: DefinitionInputs): Sources {
  const variables = new Map<string, VariableSource>()
  const functions = new Map<string, FunctionSource>()
  const globals = new Map<string, Attribute>()
  const blocks: BlockSource[] = []
  const diagnostics: Diagnostic[] = []
  const reserved = reservedNames(inputs)

  for (const file of inputs.bodies) {
    const content = file.body.content(FILE)
    diagnostics.push(...content.diagnostics)
    for (const stray of content.value.unknown) {
      if (stray.kind === 'attribute') continue
      diagnostics.push(
        unusedName(
          'block',
          stray.name,
          'a bake definition',
          stray.span,
          FILE.blocks.map((b) => b.type),
        ),
      )
    }
    for (const block of content.value.blocks) {
      const name = block.labels[0]
      if (name === undefined || block.labels.length !== 1) continue
      if (block.type === 'variable') {
        const variable = readVariable(name, block, diagnostics)
        if (!reserved.has(name)) replaceLast(variables, name, variable)
      } else if (block.type === 'function') {
        const declared = readFunction(name, block, diagnostics)
        if (!reserved.has(name)) replaceLast(functions, name, declared)
      } else {
        const source = readBlock(block.type === 'group' ? 'group' : 'target', name, block, file, diagnostics)
        blocks.push(source)
      }
    }
    for (const [name, attribute] of file.body.attributes()) {
      const taken = reserved.has(name) || name === 'function' || name === 'variable'
      if (!taken) replaceLast(globals, name, attribute)
    }
  }
  return { variables, functions, globals, blocks, diagnostics }
}

function replaceLast<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name)
  map.set(name, value)
}

function readVariable(name: string, block: Block, diagnostics: Diagnostic[]): VariableSource {
  const content = block.body.content(VARIABLE)
  diagnostics.push(...content.diagnostics)
  const known = [...VARIABLE.attributes.map((a) => a.name), 'validation']
  for (const stray of content.value.unknown) {
    diagnostics.push(unusedName(stray.kind, stray.name, `variable "${name}"`, stray.span, known))
  }
  const { attributes } = content.value
  const type = attributes.get('type')?.expr
  const defaultValue = attributes.get('default')?.expr
  const description = constantText(attributes.get('description')?.expr)
  diagnostics.push(...description.diagnostics)
  return {
    name,
    block,
    ...(type === undefined ? {} : { type }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    description: description.value,
    validations: content.value.blocks.map((inner) => readValidation(inner, diagnostics)),
  }
}

function readValidation(block: Block, diagnostics: Diagnostic[]): ValidationSource {
  const attributes = readStrict(block, VALIDATION, diagnostics).attributes
  const condition = attributes.get('condition')?.expr
  const message = attributes.get('error_message')?.expr
  return {
    block,
    ...(condition === undefined ? {} : { condition }),
    ...(message === undefined ? {} : { message }),
  }
}

function readFunction(name: string, block: Block, diagnostics: Diagnostic[]): FunctionSource {
  const { attributes } = readStrict(block, FUNCTION, diagnostics)
  const params = attributes.get('params')
  const variadic = attributes.get('variadic_params')
  const result = attributes.get('result')
  return {
    name,
    block,
    ...(params === undefined ? {} : { params }),
    ...(variadic === undefined ? {} : { variadic }),
    ...(result === undefined ? {} : { result }),
  }
}

function readStrict(block: Block, schema: BodySchema, diagnostics: Diagnostic[]): BodyContent {
  const content = block.body.content(schema)
  diagnostics.push(...content.diagnostics)
  if (!hasErrors(content.diagnostics)) {
    const known = schema.attributes.map((attribute) => attribute.name)
    for (const stray of content.value.unknown) {
      diagnostics.push(stray.refusal?.() ?? unexpectedName(stray.kind, stray.name, stray.span, known))
    }
  }
  return content.value
}

function readBlock(
  type: 'target' | 'group',
  label: string,
  block: Block,
  file: DefinitionFile,
  diagnostics: Diagnostic[],
): BlockSource {
  const content = block.body.content(type === 'group' ? GROUP : TARGET)
  diagnostics.push(...content.diagnostics)
  if (content.value.unknown.length > 0) {
    const known = type === 'group' ? ['description', 'targets'] : knownTargetKeys()
    for (const stray of content.value.unknown) {
      diagnostics.push(unusedName(stray.kind, stray.name, `${type} "${label}"`, stray.span, known))
    }
  }
  return { type, label, block, file, attributes: content.value.attributes }
}
