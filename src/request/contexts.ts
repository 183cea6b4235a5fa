import { isHttpUrl, isRemoteUrl } from '../planner/elements/remote-url.ts'
import type { ResolvedTarget } from '../planner/plan.ts'
import { normalizeContextName } from './context-name.ts'
import { contextKind, hasGitQuery, splitArchive } from './context-ref.ts'
import { baseOf, dirOf, dockerfilePath, isAbsolutePath, resolvePath } from './paths.ts'
import type { RequestSettings, TargetFacts } from './settings.ts'
import type { ArchiveContext, BuildRequest, ContentStore, LocalMount, TargetLink } from './types.ts'

/** The part of a request that says where files come from (spec buildkit 7.1). */
export interface ContextPart {
  readonly attrs: Readonly<Record<string, string>>
  readonly mounts: readonly LocalMount[]
  readonly stores: readonly ContentStore[]
  readonly links: readonly TargetLink[]
  readonly archives: readonly ArchiveContext[]
  readonly inlineDockerfile?: NonNullable<BuildRequest['inlineDockerfile']>
  readonly sharedKeyDir: string
  readonly namedContexts: boolean
  readonly gitQuery: 'none' | 'main' | 'named'
}

/** Context, Dockerfile and named contexts of one target. */
export function contextPart(target: ResolvedTarget, settings: RequestSettings): ContextPart {
  const context = stripCwd(target.fields.context ?? '.')
  const facts = settings.facts.get(target.name) ?? {}
  const main = mainContext(context, settings)
  const dockerfile = dockerfilePart(target, context, facts, settings)
  const named = namedContexts(target, facts, settings)
  const mounts = [...main.mounts, ...dockerfile.mounts, ...named.mounts]
  return {
    attrs: { ...main.attrs, ...dockerfile.attrs, ...named.attrs, ...repositoryDirs(mounts, facts.gitRoot) },
    mounts,
    stores: named.stores,
    links: named.links,
    archives: [...mainArchive(context, dockerfile), ...named.archives],
    ...(dockerfile.inline ? { inlineDockerfile: dockerfile.inline } : {}),
    sharedKeyDir: main.sharedKeyDir,
    namedContexts: (target.fields.contexts?.size ?? 0) > 0,
    gitQuery: hasGitQuery(context) ? 'main' : named.gitQuery ? 'named' : 'none',
  }
}

function mainContext(
  context: string,
  settings: RequestSettings,
): Pick<ContextPart, 'attrs' | 'mounts' | 'sharedKeyDir'> {
  if (splitArchive(context)) return { attrs: {}, mounts: [], sharedKeyDir: '' }
  if (isRemoteUrl(context)) return { attrs: { context }, mounts: [], sharedKeyDir: '' }
  const dir = resolvePath(settings.cwd, context)
  return { attrs: {}, mounts: [{ name: 'context', dir }], sharedKeyDir: dir }
}

/** A directory of an archive serves as context and, unless that is local, for the Dockerfile. */
function mainArchive(context: string, dockerfile: DockerfilePart): readonly ArchiveContext[] {
  const archive = splitArchive(context)
  if (!archive) return []
  const names = dockerfile.attrs['dockerfilekey'] === undefined ? ['context', 'dockerfile'] : ['context']
  return names.map((name) => ({ name, ...archive }))
}

interface DockerfilePart {
  readonly attrs: Readonly<Record<string, string>>
  readonly mounts: readonly LocalMount[]
  readonly inline?: NonNullable<BuildRequest['inlineDockerfile']>
}

/** `dockerfilekey` makes the frontend read the local Dockerfile even when the context is remote. */
function dockerfilePart(
  target: ResolvedTarget,
  context: string,
  facts: TargetFacts,
  settings: RequestSettings,
): DockerfilePart {
  const text = target.fields.dockerfileInline ?? facts.fetchedDockerfile
  const given = target.fields.dockerfile ?? 'Dockerfile'
  if (text !== undefined || isHttpUrl(given)) {
    return {
      attrs: { filename: 'Dockerfile', dockerfilekey: 'dockerfile' },
      mounts: [],
      inline: { name: 'Dockerfile', text: text ?? '' },
    }
  }
  if (isRemoteUrl(context)) return remoteContextDockerfile(given, settings)
  const path = dockerfilePath(settings.cwd, context, given)
  const filename = facts.dockerfileName ?? baseOf(path)
  return { attrs: { filename }, mounts: [{ name: 'dockerfile', dir: dirOf(path) }] }
}

function remoteContextDockerfile(given: string, settings: RequestSettings): DockerfilePart {
  const local = given.startsWith('cwd://') ? resolvePath(settings.cwd, given.slice('cwd://'.length)) : given
  if (!isAbsolutePath(local)) return { attrs: { filename: given }, mounts: [] }
  return {
    attrs: { filename: baseOf(local), dockerfilekey: 'dockerfile' },
    mounts: [{ name: 'dockerfile', dir: dirOf(local) }],
  }
}

type NamedPart = Pick<ContextPart, 'attrs' | 'mounts' | 'stores' | 'links' | 'archives'> & {
  readonly gitQuery: boolean
}

function namedContexts(target: ResolvedTarget, facts: TargetFacts, settings: RequestSettings): NamedPart {
  const attrs: Record<string, string> = {}
  const mounts: LocalMount[] = []
  const stores: ContentStore[] = []
  const links: TargetLink[] = []
  const archives: ArchiveContext[] = []
  let gitQuery = false
  for (const [given, text] of target.fields.contexts ?? []) {
    const name = normalizeContextName(given)
    const kind = contextKind(text)
    const archive = splitArchive(text)
    if (kind === 'target') {
      attrs[`context:${name}`] = text
      links.push({ name, target: text.slice('target:'.length) })
    } else if (kind === 'oci-layout') {
      const layout = facts.layouts?.get(given)
      if (!layout) continue
      attrs[`context:${name}`] = `oci-layout://${layout.storeId}:${layout.tag ?? 'latest'}@${layout.digest}`
      stores.push({ id: `oci:${layout.storeId}`, dir: layout.dir, mode: 'read' })
    } else if (kind === 'local') {
      const mount = mountName(name)
      const dir = resolvePath(settings.cwd, stripCwd(text))
      attrs[`context:${name}`] = `local:${mount}`
      mounts.push({ name: mount, dir })
    } else if (archive) {
      attrs[`context:${name}`] = `input:${name}`
      archives.push({ name, ...archive })
    } else {
      attrs[`context:${name}`] = text
      gitQuery ||= hasGitQuery(text)
    }
  }
  return { attrs, mounts, stores, links, archives, gitQuery }
}

/** Where each mount lies inside the git repository, for provenance (spec buildkit 7.3). */
function repositoryDirs(
  mounts: readonly LocalMount[],
  root: string | undefined,
): Readonly<Record<string, string>> {
  if (root === undefined) return {}
  const inside = mounts.flatMap(({ name, dir }): readonly (readonly [string, string])[] => {
    if (dir === root) return [[`vcs:localdir:${name}`, '.']]
    return dir.startsWith(`${root}/`) ? [[`vcs:localdir:${name}`, dir.slice(root.length + 1)]] : []
  })
  return Object.fromEntries(inside)
}

/** Two mount names belong to the main context and the Dockerfile. */
function mountName(name: string): string {
  return name === 'context' || name === 'dockerfile' ? `_${name}` : name
}

function stripCwd(text: string): string {
  return text.startsWith('cwd://') ? text.slice('cwd://'.length) : text
}
