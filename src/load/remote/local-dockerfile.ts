import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import { cleanPath } from '../../core/go/path-clean.ts'
import type { Host } from '../../host/host.ts'
import { isGitUrl, isRemoteUrl } from '../../planner/elements/remote-url.ts'
import type { Plan, ResolvedTarget } from '../../planner/plan.ts'
import { resolvePath } from '../files.ts'

const REFUSED = 'reading a dockerfile for a remote build invocation is currently not supported'

/**
 * Targets of a git definition that take their context from this machine and whose Dockerfile lies there
 * too: nobody can say which of the two Dockerfiles is meant (spec bake 11.3).
 */
export async function localDockerfiles(
  plan: Plan,
  treeUrl: string,
  host: Host,
): Promise<readonly Diagnostic[]> {
  if (!isGitUrl(treeUrl)) return []
  const found: Diagnostic[] = []
  for (const target of plan.targets.values()) {
    const path = unclearPath(target)
    if (path === undefined || (await host.stat(resolvePath(host, path))) === undefined) continue
    const span = target.fieldSpans?.get('dockerfile') ?? target.fieldSpans?.get('context')
    found.push({
      severity: 'error',
      code: 'load/remote-dockerfile',
      summary: REFUSED,
      detail: `Target "${target.name}" takes its context from this machine, and ${path} exists.`,
      ...(span === undefined ? {} : { related: [{ span, label: `target "${target.name}"` }] }),
      hints: [`write dockerfile = "cwd://${path}" to use the Dockerfile of this machine`],
    })
  }
  return found
}

/** In a plan of a git definition a context without URL was written with `cwd://`. */
function unclearPath({ fields }: ResolvedTarget): string | undefined {
  const { context = '.', dockerfile = 'Dockerfile' } = fields
  if (isRemoteUrl(context) || isRemoteUrl(dockerfile) || dockerfile.startsWith('cwd://')) return undefined
  return cleanPath(`${context}/${dockerfile}`)
}
