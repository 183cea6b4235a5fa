import type { Host } from '../host/host.ts'
import type { ResolvedTarget } from '../planner/plan.ts'
import { dockerfilePath } from '../request/paths.ts'
import { envBool } from '../request/settings.ts'

/**
 * Git provenance of a local context (spec buildkit 7.3). Anything that does not work out leaves the
 * attributes away: a build without git information is as good.
 */
export async function gitAttrs(
  target: ResolvedTarget,
  dir: string,
  host: Host,
): Promise<Readonly<Record<string, string>>> {
  const wantsLabels = host.env['BUILDX_GIT_LABELS']
  const labels = wantsLabels === 'full' || envBool(wantsLabels) === true
  const info = envBool(host.env['BUILDX_GIT_INFO']) !== false
  if (!info && !labels) return {}
  const git = async (...args: string[]): Promise<string> => {
    const done = await host.spawn('git', ['-C', dir, ...args], { env: { ...host.env, LC_ALL: 'C' } })
    return done.code === 0 ? done.stdout.trim() : ''
  }
  try {
    const root = await git('rev-parse', '--show-toplevel')
    if (root === '') return {}
    const revision = await revisionOf(git, host)
    const source = await remoteOf(git)
    return {
      ...(info ? infoAttrs(dir, root, revision, source) : {}),
      ...(labels ? labelAttrs(target, root, revision, source, wantsLabels === 'full', host) : {}),
    }
  } catch {
    return {}
  }
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

function infoAttrs(
  dir: string,
  root: string,
  revision: string,
  source: string,
): Readonly<Record<string, string>> {
  const inside = dir === root ? '.' : dir.startsWith(`${root}/`) ? dir.slice(root.length + 1) : undefined
  return {
    ...(revision === '' ? {} : { 'vcs:revision': revision }),
    ...(source === '' ? {} : { 'vcs:source': source }),
    ...(inside === undefined ? {} : { 'vcs:localdir:context': inside, 'vcs:localdir:dockerfile': inside }),
  }
}

function labelAttrs(
  target: ResolvedTarget,
  root: string,
  revision: string,
  source: string,
  full: boolean,
  host: Host,
): Readonly<Record<string, string>> {
  const path = dockerfilePath(
    host.cwd,
    target.fields.context ?? '.',
    target.fields.dockerfile ?? 'Dockerfile',
  )
  const entry = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : ''
  return {
    ...(revision === '' ? {} : { 'label:org.opencontainers.image.revision': revision }),
    ...(full && source !== '' ? { 'label:org.opencontainers.image.source': source } : {}),
    ...(full && entry !== '' ? { 'label:com.docker.image.source.entrypoint': entry } : {}),
  }
}
