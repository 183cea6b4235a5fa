import { BuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import { isHttpUrl, isRemoteUrl } from '../planner/elements/remote-url.ts'
import type { Plan, ResolvedTarget } from '../planner/plan.ts'
import { contextKind, splitLayout } from '../request/context-ref.ts'
import { baseOf, dirOf, dockerfilePath, resolvePath } from '../request/paths.ts'
import type { LayoutFact, TargetFacts } from '../request/settings.ts'
import { layoutDigest } from './layout-index.ts'
import { TargetFailure } from './solve-failure.ts'
import { GitReader } from './vcs.ts'

/**
 * Looks at the machine for all targets: contexts and Dockerfiles must exist before anything starts.
 * Fails with a `BuildFailure` that names what is missing.
 */
export async function gatherFacts(plan: Plan, host: Host): Promise<ReadonlyMap<string, TargetFacts>> {
  const prefixed = plan.targets.size > 1
  const git = new GitReader(host)
  const facts = await Promise.all(
    [...plan.targets.values()].map(
      async (target) => [target.name, await targetFacts(target, prefixed, git, host)] as const,
    ),
  )
  return new Map(facts)
}

async function targetFacts(
  target: ResolvedTarget,
  prefixed: boolean,
  git: GitReader,
  host: Host,
): Promise<TargetFacts> {
  const context = stripCwd(target.fields.context ?? '.')
  const isLocal = !isRemoteUrl(context)
  if (isLocal) await requireContext(target, context, host)
  const dockerfileName = await findDockerfile(target, context, prefixed, host)
  const found = isLocal ? await git.facts(target, resolvePath(host.cwd, context)) : {}
  return {
    ...found,
    ...(dockerfileName === undefined ? {} : { dockerfileName }),
    layouts: await layoutFacts(target, host),
    localCaches: await cacheFacts(target, host),
  }
}

async function requireContext(target: ResolvedTarget, context: string, host: Host): Promise<void> {
  const dir = resolvePath(host.cwd, context)
  if ((await host.stat(dir))?.kind !== 'dir') {
    throw new BuildFailure('io', `unable to prepare context: path "${context}" not found`, {
      code: 'CONTEXT_NOT_FOUND',
      hints: [
        `Target "${target.name}" takes its context from there; make the directory or change "context".`,
      ],
    })
  }
  for (const [name, text] of target.fields.contexts ?? []) {
    if (contextKind(text) !== 'local') continue
    const path = stripCwd(text)
    if ((await host.stat(resolvePath(host.cwd, path)))?.kind === 'dir') continue
    throw new BuildFailure(
      'io',
      `failed to get build context ${name}: stat ${path}: no such file or directory`,
      {
        code: 'CONTEXT_NOT_FOUND',
        hints: [`Target "${target.name}" names it in "contexts"; make the directory or change the path.`],
      },
    )
  }
}

/** The name on disk when it differs from the asked one; fails when a local Dockerfile is missing. */
async function findDockerfile(
  target: ResolvedTarget,
  context: string,
  prefixed: boolean,
  host: Host,
): Promise<string | undefined> {
  const given = target.fields.dockerfile ?? 'Dockerfile'
  if (target.fields.dockerfileInline !== undefined || isHttpUrl(given)) return undefined
  if (isRemoteUrl(context) && !given.startsWith('cwd://')) return undefined
  const path = dockerfilePath(host.cwd, isRemoteUrl(context) ? '.' : context, given)
  if (await host.stat(path)) return undefined
  const name = baseOf(path)
  if (name === 'Dockerfile' && (await host.stat(resolvePath(dirOf(path), 'dockerfile')))) return 'dockerfile'
  const origin = new BuildFailure(
    'io',
    `failed to read dockerfile: open ${name}: no such file or directory`,
    {
      code: 'DOCKERFILE_NOT_FOUND',
    },
  )
  const front = prefixed ? `target ${target.name}: ` : ''
  throw new TargetFailure(target.name, `${front}failed to solve: ${origin.message}`, origin, [
    `Target "${target.name}" looks for ${path}; make it or set "dockerfile".`,
  ])
}

async function layoutFacts(target: ResolvedTarget, host: Host): Promise<ReadonlyMap<string, LayoutFact>> {
  const facts = new Map<string, LayoutFact>()
  for (const [name, text] of target.fields.contexts ?? []) {
    if (contextKind(text) !== 'oci-layout') continue
    const { path, tag, digest } = splitLayout(text)
    const dir = resolvePath(host.cwd, path)
    const found = await layoutDigest(dir, tag, host)
    const settled = digest ?? found
    if (settled === undefined) {
      throw new BuildFailure('io', `oci-layout reference "${text}" could not be resolved`, {
        code: 'LAYOUT_NOT_FOUND',
        hints: [
          `${dir} needs an index.json that lists ${tag === undefined ? 'an image' : `the tag "${tag}"`}.`,
        ],
      })
    }
    const storeId = Buffer.from(host.random(12)).toString('hex')
    facts.set(name, { storeId, dir, digest: settled, ...(tag === undefined ? {} : { tag }) })
  }
  return facts
}

async function cacheFacts(target: ResolvedTarget, host: Host): Promise<ReadonlyMap<string, string>> {
  const facts = new Map<string, string>()
  for (const entry of target.fields.cacheFrom ?? []) {
    const src = entry.attrs['src']
    if (entry.type !== 'local' || src === undefined) continue
    const digest = await layoutDigest(resolvePath(host.cwd, src), entry.attrs['tag'] ?? 'latest', host)
    if (digest !== undefined) facts.set(src, digest)
  }
  return facts
}

function stripCwd(text: string): string {
  return text.startsWith('cwd://') ? text.slice('cwd://'.length) : text
}
