import { HTTP_FILE, httpSource, sourceDefinition } from '../buildkit/wire/source-definition.ts'
import { BuildFailure } from '../core/failure.ts'
import { isHttpUrl } from '../planner/elements/remote-url.ts'
import type { Plan } from '../planner/plan.ts'
import type { TargetFacts } from '../request/settings.ts'
import type { NodeConnection } from './node-connection.ts'
import type { RunContext } from './run-types.ts'

const MAX_BYTES = 2 * 1024 * 1024

/**
 * Lets the builder fetch Dockerfiles that are named by URL (spec buildkit 7.1), each URL once. Answers the
 * facts with their texts.
 */
export async function fetchDockerfiles(
  plan: Plan,
  facts: ReadonlyMap<string, TargetFacts>,
  node: NodeConnection | undefined,
  run: RunContext,
): Promise<ReadonlyMap<string, TargetFacts>> {
  const complete = new Map(facts)
  const texts = new Map<string, Promise<string>>()
  for (const target of plan.targets.values()) {
    const url = target.fields.dockerfile ?? ''
    if (!node || target.fields.dockerfileInline !== undefined || !isHttpUrl(url)) continue
    const text = texts.get(url) ?? fetchText(url, node, run)
    texts.set(url, text)
    complete.set(target.name, { ...complete.get(target.name), fetchedDockerfile: await text })
  }
  return complete
}

async function fetchText(url: string, node: NodeConnection, run: RunContext): Promise<string> {
  const definition = sourceDefinition(httpSource(url, `[internal] load ${url}`))
  return await node.internalBuild(
    async (gateway) => {
      await gateway.ping(run.signal)
      const result = await gateway.solve({ frontend: '', frontendOpt: {}, definition }, run.signal)
      if (result.refs.kind !== 'single')
        throw new BuildFailure('solve', `the builder got nothing from ${url}`)
      const { ref } = result.refs
      const found = await gateway.statFile(ref, HTTP_FILE, run.signal)
      if ((found?.sizeBytes ?? 0) > MAX_BYTES) {
        throw new BuildFailure('io', `Dockerfile ${url} bigger than allowed max size`, { code: 'TOO_BIG' })
      }
      return new TextDecoder().decode(await gateway.readFile(ref, HTTP_FILE, run.signal))
    },
    run.signal,
    (update) => run.report({ kind: 'status', update: node.clock.apply(update) }),
  )
}
