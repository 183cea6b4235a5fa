import { type Checked, type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import type { SourceFile } from '../../core/source/source-file.ts'
import { groupOf, mergeTargets, targetOf } from './assemble.ts'
import { BlockEvaluation, type Instance } from './block-evaluation.ts'
import { type BlockSource, collectSources, type Sources } from './blocks.ts'
import { composeTarget } from './compose-target.ts'
import type { BakeDefinition, GroupDefinition, TargetDefinition, VariableDefinition } from './definition.ts'
import { describeDiagnostics } from './describe.ts'
import { Evaluation } from './evaluation.ts'
import type { DefinitionInputs } from './inputs.ts'
import { diagnosticsOf, type Outcome } from './outcome.ts'
import { problem } from './problems.ts'
import { rebaseTargets } from './relative-paths.ts'
import { validateVariables } from './validation.ts'

const EMPTY: BakeDefinition = { groups: new Map(), targets: new Map(), variables: [] }

/**
 * Decodes, evaluates and merges everything the files say (spec bake 1.6, 2, 6). Everything is evaluated,
 * also what nobody asks for. Phases run in the order of the reference, and a phase that fails ends the run:
 * variables, validations, functions, names, blocks (all of them are tried), globals.
 */
export function define(inputs: DefinitionInputs): Checked<BakeDefinition> {
  const sources = collectSources(inputs)
  const diagnostics: Diagnostic[] = [...sources.diagnostics, ...unusedVars(inputs, sources)]
  if (hasErrors(diagnostics)) return { value: EMPTY, diagnostics }

  const files = new Map<number, SourceFile>(inputs.bodies.map(({ file }) => [file.id, file]))
  const evaluation = new Evaluation(inputs, sources, (list) => describeDiagnostics(list, files))
  const early = settleNames(evaluation, sources)
  if (hasErrors(early)) return { value: EMPTY, diagnostics: [...diagnostics, ...early] }

  const blocks = new BlockEvaluation(evaluation)
  const named = nameBlocks(blocks, sources)
  if (hasErrors(named.diagnostics))
    return { value: EMPTY, diagnostics: [...diagnostics, ...named.diagnostics] }
  blocks.open()

  const late = named.value.flatMap(({ instances }) => blocks.resolve(instances))
  if (!hasErrors(late)) late.push(...settleGlobals(evaluation, sources))
  diagnostics.push(...late)
  if (hasErrors(late)) return { value: EMPTY, diagnostics }

  const compose = composeTargets(inputs)
  diagnostics.push(...compose.diagnostics)
  const targets = assembleTargets(compose.value, named.value, inputs.relativePaths)
  return {
    value: {
      targets: inputs.relativePaths ? rebaseTargets(targets, sources) : targets,
      groups: assembleGroups(inputs, named.value),
      variables: listVariables(evaluation, sources),
      ...(inputs.bodies.length === 0 ? { composeOnly: true } : {}),
    },
    diagnostics,
  }
}

interface NamedBlock {
  readonly source: BlockSource
  readonly instances: readonly Instance[]
}

function settleNames(evaluation: Evaluation, sources: Sources): readonly Diagnostic[] {
  for (const [name, { block }] of sources.variables) {
    const outcome = evaluation.settleValue(name)
    if (outcome !== undefined) return diagnosticsOf(outcome, 'Invalid value', block.body.missingSpan)
  }
  const invalid = validateVariables(sources.variables.values(), evaluation.scope)
  if (invalid.length > 0) return invalid
  for (const [name, source] of sources.functions) {
    const outcome = evaluation.settleFunction(name)
    if (outcome === undefined) continue
    const subject = source.params?.span ?? source.block.labelSpans[0] ?? source.block.headerSpan
    return diagnosticsOf(outcome, 'Invalid function', subject)
  }
  return []
}

function nameBlocks(blocks: BlockEvaluation, sources: Sources): Checked<readonly NamedBlock[]> {
  const named: NamedBlock[] = []
  for (const source of sources.blocks) {
    const instances = blocks.name(source)
    if (hasErrors(instances.diagnostics)) return { value: named, diagnostics: instances.diagnostics }
    named.push({ source, instances: instances.value })
  }
  return { value: named, diagnostics: [] }
}

function settleGlobals(evaluation: Evaluation, sources: Sources): readonly Diagnostic[] {
  for (const [name, attribute] of sources.globals) {
    const outcome: Outcome = evaluation.settleValue(name)
    if (outcome !== undefined) return diagnosticsOf(outcome, 'Invalid attribute', attribute.span)
  }
  return []
}

function composeTargets(inputs: DefinitionInputs): Checked<ReadonlyMap<string, TargetDefinition>> {
  const targets = new Map<string, TargetDefinition>()
  const diagnostics: Diagnostic[] = []
  const dir = inputs.relativePaths ? inputs.composeDir : undefined
  for (const source of inputs.compose?.targets.values() ?? []) {
    const made = composeTarget(source, dir)
    targets.set(source.name, made.target)
    diagnostics.push(...made.diagnostics)
  }
  return { value: targets, diagnostics }
}

function assembleTargets(
  compose: ReadonlyMap<string, TargetDefinition>,
  named: readonly NamedBlock[],
  relativePaths: boolean,
): ReadonlyMap<string, TargetDefinition> {
  const targets = new Map(compose)
  for (const { source, instances } of named) {
    if (source.type !== 'target') continue
    for (const instance of instances) {
      const target = targetOf(instance, relativePaths)
      const earlier = targets.get(target.name)
      targets.set(target.name, earlier === undefined ? target : mergeTargets(earlier, target))
    }
  }
  return targets
}

/** Groups of Compose and HCL, then those that stand for the instances of a matrix block (spec bake 6). */
function assembleGroups(
  inputs: DefinitionInputs,
  named: readonly NamedBlock[],
): ReadonlyMap<string, GroupDefinition> {
  const groups = new Map<string, GroupDefinition>()
  const composeGroup = inputs.compose?.defaultGroup
  if (composeGroup !== undefined) {
    groups.set('default', { name: 'default', members: composeGroup?.map((value) => ({ value })) ?? null })
  }
  const instanceNames = new Map<string, Set<string>>()
  for (const { source, instances } of named) {
    for (const instance of instances) {
      if (source.type === 'group') {
        groups.set(instance.name, groupOf(instance))
        continue
      }
      const names = instanceNames.get(source.label) ?? new Set()
      instanceNames.set(source.label, names.add(instance.name))
    }
  }
  for (const [label, names] of instanceNames) {
    if (groups.has(label) || (names.size === 1 && names.has(label))) continue
    groups.set(label, { name: label, members: [...names].map((value) => ({ value })), generated: true })
  }
  return groups
}

function listVariables(evaluation: Evaluation, sources: Sources): readonly VariableDefinition[] {
  return [...sources.variables.values()].flatMap(({ name, description, block }) => {
    const value = evaluation.value(name)
    if (value === undefined) return []
    const type = evaluation.types.get(name)
    const span = block.labelSpans[0]
    return [
      {
        name,
        description,
        value,
        ...(type === undefined ? {} : { type }),
        ...(span === undefined ? {} : { span }),
      },
    ]
  })
}

/** `--var` names that nothing declares; Compose may use any name. */
function unusedVars(inputs: DefinitionInputs, sources: Sources): readonly Diagnostic[] {
  if (inputs.compose !== undefined) return []
  const unused = [...inputs.vars.keys()].filter((name) => {
    const plain = name.endsWith('_JSON') ? name.slice(0, -'_JSON'.length) : name
    return !sources.variables.has(name) && !sources.variables.has(plain)
  })
  return unused.map((name) => ({
    ...problem('schema/unused-var', `--var ${name} has no effect`, `No variable "${name}" is declared.`),
    severity: 'warning',
  }))
}
