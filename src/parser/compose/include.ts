import { compareBytes } from '../../core/text/byte-order.ts'
import { clear } from './clear.ts'
import { readDotenv } from './dotenv.ts'
import { type Environment, environmentWith } from './environment.ts'
import { merge } from './merge.ts'
import {
  type ComposeDocument,
  entryOf,
  goType,
  isNull,
  type MappingEntry,
  type MappingNode,
  mappingNode,
  type Node,
  printed,
  stringOf,
  withEntry,
  withoutEntry,
} from './node.ts'
import { folderOf, isAbsolute, joinPath, locate, locateFolder, relativePath } from './paths.ts'
import type { FileModel, Loader, Project, ProjectFile } from './project.ts'
import type { Session } from './session.ts'
import { refuse } from './stop.ts'

/** One entry of `include`. */
interface Include {
  readonly paths: readonly string[]
  readonly projectDirectory: string
  readonly envFiles: readonly string[]
  readonly at: Node
}

const SECTIONS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'] as const

/** Brings in the projects that a document includes (compose-go loader/include.go). */
export function applyIncludes(
  { model, cleared }: FileModel,
  file: ProjectFile,
  project: Project,
  loader: Loader,
  session: Session,
): MappingNode {
  const wish = entryOf(model, 'include')
  if (wish === undefined) return model
  const included = [...project.included, file.name]
  let whole = model
  for (const include of readIncludes(wish)) {
    const inner = toProject(include, project, included, session)
    whole = importSections(loader.loadProject(inner, session), whole, cleared)
  }
  return withoutEntry(whole, 'include')
}

function readIncludes(node: Node): readonly Include[] {
  if (isNull(node)) return []
  if (node.kind !== 'sequence') {
    const why = `\`include\` must be a list, got ${printed(node)}`
    throw refuse('compose/include-form', why, {
      at: node.span,
      hints: ['write `include:` with one `- FILE` per file'],
    })
  }
  return node.items.map((item) => {
    const short = stringOf(item)
    if (short !== undefined) return { paths: [short], projectDirectory: '', envFiles: [], at: item }
    if (item.kind !== 'mapping') {
      throw refuse('compose/include-form', `include: expected a mapping, got ${goType(item)}`, {
        at: item.span,
        hints: ['write a file name'],
      })
    }
    return {
      paths: textsOf(entryOf(item, 'path')),
      projectDirectory: stringOf(entryOf(item, 'project_directory')) ?? '',
      envFiles: textsOf(entryOf(item, 'env_file')),
      at: item,
    }
  })
}

function textsOf(node: Node | undefined): readonly string[] {
  if (node === undefined || isNull(node)) return []
  if (node.kind === 'sequence') return node.items.flatMap(textsOf)
  const text = stringOf(node)
  if (text !== undefined) return [text]
  throw refuse('compose/include-form', `invalid type ${goType(node)} for string list`, {
    at: node.span,
    hints: ['write a text'],
  })
}

function toProject(
  include: Include,
  parent: Project,
  included: readonly string[],
  session: Session,
): Project {
  const { locator } = parent
  const paths = include.paths.map((path) => locate(path, locator))
  const main = paths[0] ?? ''
  if (paths.length > 0 && included.includes(main)) {
    const [first, ...rest] = [...included, main]
    throw refuse(
      'compose/include-cycle',
      `include cycle detected:\n${first}\n include ${rest.join('\n include ')}`,
      {
        at: include.at.span,
        hints: ['let one of these files stand without include'],
      },
    )
  }
  const { directory, folder } = directories(include, main, parent)
  const files = paths.map((path) => readFile(path, include, session))
  const environment = includeEnvironment(include, directory, parent, session)
  return { files, folder, locator: { folder: directory, home: locator.home }, environment, included }
}

/** The folder where an included project looks for files, and the one its paths are put behind. */
function directories(
  include: Include,
  main: string,
  parent: Project,
): { readonly directory: string; readonly folder: string } {
  const { projectDirectory } = include
  const { locator } = parent
  if (projectDirectory === '') return { directory: folderOf(main), folder: locateFolder(main, locator) }
  if (isAbsolute(projectDirectory)) return { directory: projectDirectory, folder: projectDirectory }
  return {
    directory: joinPath(parent.folder, projectDirectory),
    folder: relativePath(locator.folder, locate(projectDirectory, locator)),
  }
}

function readFile(path: string, include: Include, session: Session): ProjectFile {
  const text = session.text(path)
  if (text.kind === 'text') return { name: path, file: text.file }
  const why = text.kind === 'missing' ? `open ${path}: no such file or directory` : text.message
  throw refuse('compose/include-file', why, {
    at: include.at.span,
    hints: ['check the path; it starts from the project folder'],
  })
}

/** The environment of an included project: the parent's, and below it the include's env files. */
function includeEnvironment(
  include: Include,
  directory: string,
  parent: Project,
  session: Session,
): Environment {
  const own = new Map<string, string>()
  const given = include.envFiles.length > 0
  const named = given
    ? include.envFiles.filter((path) => path !== '/dev/null')
    : [joinPath(directory, '.env')]
  for (const path of named) {
    const place = !given || isAbsolute(path) ? path : joinPath(parent.folder, path)
    const text = session.text(place)
    if (text.kind !== 'text') {
      if (!given) continue
      const missing = isAbsolute(path)
        ? `couldn't find env file: ${path}`
        : `stat ${place}: no such file or directory`
      const why = text.kind === 'missing' ? missing : `${place} is not a file`
      throw refuse('compose/env-file', why, {
        at: include.at.span,
        hints: ['check env_file of this include'],
      })
    }
    const lookup = (name: string): string | undefined => parent.environment.get(name) ?? own.get(name)
    const read = readDotenv(text.file.text, {
      lookup,
      unset: (name) => session.warnings.unset(name, undefined),
      out: own,
    })
    if (read.ok) continue
    throw refuse('compose/env-file', `failed to read ${place}: ${read.message}`, {
      at: { file: text.file.id, start: read.offset, end: read.offset },
      hints: ['mend this line'],
    })
  }
  return environmentWith(parent.environment, own)
}

function importSections(
  imported: MappingNode,
  model: MappingNode,
  cleared: ComposeDocument['cleared'],
): MappingNode {
  let whole = model
  for (const section of SECTIONS) {
    const from = entryOf(imported, section)
    if (from?.kind !== 'mapping') continue
    const own = entryOf(whole, section)
    const entries = new Map<string, MappingEntry>(own?.kind === 'mapping' ? own.entries : [])
    for (const name of [...from.entries.keys()].sort(compareBytes)) {
      const entry = from.entries.get(name)
      if (entry === undefined) continue
      const conflicting = entries.get(name)
      entries.set(name, conflicting === undefined ? entry : layOn(entry, conflicting, section, name, cleared))
    }
    whole = withEntry(whole, section, mappingNode(entries, own?.span ?? from.span))
  }
  return whole
}

function layOn(
  base: MappingEntry,
  own: MappingEntry,
  section: string,
  name: string,
  cleared: ComposeDocument['cleared'],
): MappingEntry {
  const inner = cleared
    .filter(([top, key, ...rest]) => top === section && key === name && rest.length > 0)
    .map((path) => path.slice(2))
  const under = base.value.kind === 'mapping' ? clear(base.value, inner) : base.value
  return { value: merge(under, own.value, [section, name]), keySpan: own.keySpan }
}
