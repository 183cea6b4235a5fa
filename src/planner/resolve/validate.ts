import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import { parseBool } from '../../core/go/bool.ts'
import { parseBytes } from '../../core/go/bytes.ts'
import { quote } from '../../core/go/quote.ts'
import { parsePlatform } from '../../core/oci/platform.ts'
import type { Span } from '../../core/source/source-file.ts'
import type { OutputEntry, ResourcesEntry, TargetFields } from '../plan.ts'
import { annotationProblem } from './annotation.ts'
import type { LinkedTarget } from './link.ts'
import { ulimitProblem } from './ulimit.ts'

/** A target whose values were looked through, as the plan keeps it. */
export interface Validated {
  readonly fields: TargetFields
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The checks of spec bake 10.5 that need no look at the disk, in the order of the reference. Archives
 * without a destination get `-`, which `--print` shows.
 */
export function validateTarget(target: LinkedTarget): Validated {
  const { fields } = target
  const problems: Diagnostic[] = []
  const tell = (key: string, summary: string | undefined): void => {
    if (summary === undefined) return
    const span = target.fieldSpans.get(key)
    problems.push(invalid(target.name, key, summary, span))
  }
  if (fields.context === '-') tell('context', 'context from stdin not allowed in bake')
  if (fields.dockerfile === '-') tell('dockerfile', 'dockerfile from stdin not allowed in bake')
  if (fields.shmSize !== undefined && !parseBytes(fields.shmSize).ok) {
    tell('shm-size', `invalid value ${fields.shmSize} for membytes key shm-size`)
  }
  tell('platforms', first(fields.platforms, platformProblem))
  if (fields.secret?.some((secret) => secret.id === '') === true) tell('secret', 'secret missing ID')
  tell('output', outputsProblem(fields.output ?? []))
  tell('annotations', first(fields.annotations, annotationProblem))
  tell('ulimits', first(fields.ulimits, ulimitProblem))
  if (fields.resources !== undefined) tell('resources', resourcesProblem(fields.resources))
  const output = fields.output?.map(withDestination)
  return { fields: output === undefined ? fields : { ...fields, output }, diagnostics: problems }
}

function invalid(target: string, key: string, summary: string, span: Span | undefined): Diagnostic {
  const related = span === undefined ? {} : { related: [{ span, label: `\`${key}\` of target "${target}"` }] }
  return { severity: 'error', code: 'schema/invalid-field', summary, ...related }
}

function first<T>(
  items: readonly T[] | undefined,
  check: (item: T) => string | undefined,
): string | undefined {
  for (const item of items ?? []) {
    const problem = check(item)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** One text may list several platforms, and `local` is this machine. */
function platformProblem(text: string): string | undefined {
  return first(text.split(','), (part) => {
    if (part.toLowerCase() === 'local') return undefined
    const platform = parsePlatform(part)
    if (platform.ok) return undefined
    const { message } = platform
    return message.endsWith(': invalid argument') ? message : `${message}: invalid argument`
  })
}

/** Whether an exporter writes a single file (an archive) or a directory on the client. */
export function sinkOf(output: OutputEntry): 'file' | 'directory' | undefined {
  switch (output.type) {
    case 'local':
      return 'directory'
    case 'tar':
      return 'file'
    case 'oci':
    case 'docker':
      return parseBool(output.attrs['tar'] ?? '') === false ? 'directory' : 'file'
    default:
      return undefined
  }
}

function withDestination(output: OutputEntry): OutputEntry {
  const silent = output.attrs['dest'] === undefined && output.type !== 'docker' && sinkOf(output) === 'file'
  return silent ? { ...output, attrs: { ...output.attrs, dest: '-' } } : output
}

function outputsProblem(outputs: readonly OutputEntry[]): string | undefined {
  let writers = 0
  for (const output of outputs.map(withDestination)) {
    const dest = output.attrs['dest']
    const sink = sinkOf(output)
    if (sink === 'directory') {
      if (dest === undefined) return `dest is required for ${output.type} exporter`
      if (dest === '-') return `dest cannot be stdout for ${output.type} exporter`
    }
    if (sink === 'file' && dest === '-') writers++
    if (writers > 1) return 'multiple outputs configured to write to stdout'
  }
  return undefined
}

function resourcesProblem(resources: ResourcesEntry): string | undefined {
  const sizes = [
    ['memory', resources.memory],
    ['memory-swap', resources.memorySwap],
  ] as const
  return first(sizes, ([key, written]) => {
    const text = written?.trim()
    if (text === undefined || (key === 'memory-swap' && text === '-1')) return undefined
    const size = parseBytes(text)
    return size.ok ? undefined : `invalid value ${quote(text)} for resource ${key}: ${size.message}`
  })
}
