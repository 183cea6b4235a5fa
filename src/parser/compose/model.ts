import type { SourceFile } from '../../core/source/source-file.ts'
import { toCanonical } from './canonical.ts'
import { clear } from './clear.ts'
import { setDefaults } from './defaults.ts'
import { lookupIn } from './environment.ts'
import { applyExtends } from './extends.ts'
import { applyIncludes } from './include.ts'
import { interpolate } from './interpolate.ts'
import { resolveListedEnvironment } from './listed-environment.ts'
import { merge } from './merge.ts'
import { type ComposeDocument, isNull, type MappingNode, mappingNode } from './node.ts'
import type { FileModel, Loader, Project, ProjectFile, Scope } from './project.ts'
import { resolvePaths } from './resolve-paths.ts'
import type { Session } from './session.ts'
import { refuse } from './stop.ts'
import { enforceUnicity } from './unique.ts'

/** Loads and merges the files of a project (compose-go loader/loader.go). */
export function loadProject(project: Project, session: Session): MappingNode {
  let model: MappingNode | undefined
  for (const file of project.files) model = loadFile(file, project, 'whole', session, model).model
  const complete = setDefaults(model ?? EMPTY)
  const placed = resolvePaths(complete, { folder: project.folder, home: project.locator.home })
  return resolveListedEnvironment(placed, project.environment)
}

const EMPTY: MappingNode = mappingNode(new Map(), { file: 0 as SourceFile['id'], start: 0, end: 0 })

/** Lays the documents of one file on `base`. */
export function loadFile(
  file: ProjectFile,
  project: Project,
  scope: Scope,
  session: Session,
  base: MappingNode = EMPTY,
): FileModel {
  let model = base
  let cleared: ComposeDocument['cleared'] = []
  for (const document of session.documents(file.file, file.name)) {
    cleared = document.cleared
    model = layDocument(document, model, { file, project, scope, session })
  }
  return { model, cleared }
}

interface Laying {
  readonly file: ProjectFile
  readonly project: Project
  readonly scope: Scope
  readonly session: Session
}

function layDocument(document: ComposeDocument, base: MappingNode, laying: Laying): MappingNode {
  const { file, project, scope, session } = laying
  const { root, cleared } = document
  if (root.kind !== 'mapping') {
    throw refuse('compose/not-a-mapping', 'top-level object must be a mapping', {
      at: root.span,
      hints: [isNull(root) ? 'remove the empty document' : 'begin with `services:`'],
    })
  }
  let own = interpolate(root, lookupIn(project.environment), session.warnings)
  if (scope === 'whole') own = applyIncludes({ model: own, cleared }, file, project, LOADER, session)
  const earlier = clear(base, cleared)
  if (scope === 'whole') own = applyExtends({ model: own, cleared }, file, project, LOADER, session)
  const merged = enforceUnicity(merge(earlier, own) as MappingNode)
  return enforceUnicity(toCanonical(merged, session.warnings))
}

const LOADER: Loader = { loadProject, loadFile }
