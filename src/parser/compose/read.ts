import { checked } from '../../core/diag/diagnostic.ts'
import type { SourceFile } from '../../core/source/source-file.ts'
import type { ComposeDefinition, ComposeTarget } from '../definition.ts'
import { checkConsistency } from './consistency.ts'
import { composeEnvironment, type Environment } from './environment.ts'
import { filterModel } from './filter.ts'
import type { ComposeInput, ComposeResult } from './input.ts'
import { loadProject } from './model.ts'
import type { ProjectFile } from './project.ts'
import { projectName } from './project-name.ts'
import { type Records, readRecords } from './service.ts'
import { serviceEnvironments } from './service-environment.ts'
import { Session } from './session.ts'
import { Stop, Wanted } from './stop.ts'
import { toTarget } from './target.ts'
import { validate } from './validate.ts'

const EMPTY: ComposeDefinition = { targets: new Map(), defaultGroup: null }

/**
 * Reads Compose files into targets (spec bake 9). Pure: other files are asked for, and the caller calls
 * again with their texts. Diagnostics are the first mistake in the order the reference finds them, and warnings.
 */
export function readCompose(input: ComposeInput): ComposeResult {
  const session = new Session(input)
  try {
    const value = readAll(input, session)
    return { kind: 'done', result: checked(value, session.warnings.all()) }
  } catch (reason) {
    if (reason instanceof Wanted) return { kind: 'wants', paths: reason.paths }
    if (!(reason instanceof Stop)) throw reason
    return { kind: 'done', result: checked(EMPTY, [...session.warnings.all(), ...reason.diagnostics]) }
  }
}

interface Loaded {
  readonly records: Records
  readonly environment: Environment
}

/** As the reference does: every file alone first, where it has no name, then all of them together. */
function readAll(input: ComposeInput, session: Session): ComposeDefinition {
  const environment = composeEnvironment(input, session.warnings)
  const alone = input.files.map((file) => load([{ name: '', file }], environment, session))
  for (const { records, environment: own } of alone) serviceEnvironments(records.services, own, session)
  const [first] = alone
  return together(() => {
    const one = alone.length === 1 ? first : undefined
    const whole = one ?? load(input.files.map(named), environment, session)
    checkConsistency(whole.records)
    return define(whole, session)
  })
}

/** Mistakes that only show when all files are taken together begin with words of their own. */
function together<T>(work: () => T): T {
  try {
    return work()
  } catch (reason) {
    if (!(reason instanceof Stop)) throw reason
    const [first, ...rest] = reason.diagnostics
    if (first === undefined) throw reason
    throw new Stop([{ ...first, summary: `failed to parse compose file: ${first.summary}` }, ...rest])
  }
}

function named(file: SourceFile): ProjectFile {
  return { name: file.name, file }
}

function load(files: readonly ProjectFile[], environment: Environment, session: Session): Loaded {
  const own = projectName(files, environment, session)
  const locator = { folder: '', home: session.home }
  const model = filterModel(
    loadProject({ files, folder: '', locator, environment: own, included: [] }, session),
  )
  validate(model)
  return { records: readRecords(model), environment: own }
}

function define({ records, environment }: Loaded, session: Session): ComposeDefinition {
  const { services, secrets } = records
  if (services.length === 0) return { targets: new Map(), defaultGroup: undefined }
  const environments = serviceEnvironments(services, environment, session)
  const targets = new Map<string, ComposeTarget>()
  for (const service of services) {
    if (service.build === undefined) continue
    const own = environments.get(service.name) ?? new Map()
    const target = toTarget(service, service.build, { secrets, service: own, environment })
    targets.set(target.name, target)
  }
  return { targets, defaultGroup: targets.size === 0 ? null : [...targets.keys()] }
}
