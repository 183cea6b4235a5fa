import type { Host } from '../host/host.ts'
import type { ResolvedTarget } from '../planner/plan.ts'
import { dockerfilePath } from '../request/paths.ts'
import { envBool, type TargetFacts } from '../request/settings.ts'

/** The part of a target's facts that git knows. */
export type GitFacts = Pick<TargetFacts, 'vcs' | 'gitRoot'>

/** What git says about one directory; empty texts for what it does not know. */
interface Repository {
  readonly root: string
  readonly revision: string
  readonly source: string
}

/**
 * Reads git provenance of local contexts (spec buildkit 7.3), each directory once. Anything that does
 * not work out leaves the attributes away: a build without git information is as good.
 */
export class GitReader {
  readonly #host: Host
  readonly #known = new Map<string, Promise<Repository | undefined>>()

  constructor(host: Host) {
    this.#host = host
  }

  async facts(target: ResolvedTarget, dir: string): Promise<GitFacts> {
    const { env } = this.#host
    const wantsLabels = env['BUILDX_GIT_LABELS']
    const labels = wantsLabels === 'full' || envBool(wantsLabels) === true
    const info = envBool(env['BUILDX_GIT_INFO']) !== false
    if (!info && !labels) return {}
    const repository = await this.#repository(dir)
    if (!repository) return {}
    const vcs = {
      ...(info ? infoAttrs(repository) : {}),
      ...(labels ? labelAttrs(target, repository, wantsLabels === 'full', this.#host) : {}),
    }
    return { vcs, ...(info ? { gitRoot: repository.root } : {}) }
  }

  #repository(dir: string): Promise<Repository | undefined> {
    const known = this.#known.get(dir) ?? readRepository(dir, this.#host).catch(() => undefined)
    this.#known.set(dir, known)
    return known
  }
}

async function readRepository(dir: string, host: Host): Promise<Repository | undefined> {
  const git = async (...args: string[]): Promise<string> => {
    const done = await host.spawn('git', ['-C', dir, ...args], { env: { ...host.env, LC_ALL: 'C' } })
    return done.code === 0 ? done.stdout.trim() : ''
  }
  const root = await git('rev-parse', '--show-toplevel')
  if (root === '') return undefined
  const [revision, source] = await Promise.all([revisionOf(git, host), remoteOf(git)])
  return { root, revision, source }
}

type Git = (...args: string[]) => Promise<string>

async function revisionOf(git: Git, host: Host): Promise<string> {
  const revision = await git('rev-parse', 'HEAD')
  if (revision === '' || envBool(host.env['BUILDX_GIT_CHECK_DIRTY']) !== true) return revision
  return (await git('status', '--porcelain', '--ignored=no')) === '' ? revision : `${revision}-dirty`
}

async function remoteOf(git: Git): Promise<string> {
  const branch = await git('symbolic-ref', '--short', 'HEAD')
  const tracking = branch === '' ? '' : await git('config', '--get', `branch.${branch}.remote`)
  for (const name of [tracking, 'origin', 'upstream']) {
    if (name === '') continue
    const url = await git('remote', 'get-url', name)
    if (url !== '') return withoutCredentials(url)
  }
  return ''
}

function withoutCredentials(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^@/]*@/, (all, scheme: string) =>
    scheme.startsWith('http') ? scheme : all,
  )
}

function infoAttrs({ revision, source }: Repository): Readonly<Record<string, string>> {
  return {
    ...(revision === '' ? {} : { 'vcs:revision': revision }),
    ...(source === '' ? {} : { 'vcs:source': source }),
  }
}

function labelAttrs(
  target: ResolvedTarget,
  { root, revision, source }: Repository,
  full: boolean,
  host: Host,
): Readonly<Record<string, string>> {
  const { context = '.', dockerfile = 'Dockerfile' } = target.fields
  const path = dockerfilePath(host.cwd, context, dockerfile)
  const entry = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : ''
  return {
    ...(revision === '' ? {} : { 'label:org.opencontainers.image.revision': revision }),
    ...(full && source !== '' ? { 'label:org.opencontainers.image.source': source } : {}),
    ...(full && entry !== '' ? { 'label:com.docker.image.source.entrypoint': entry } : {}),
  }
}
