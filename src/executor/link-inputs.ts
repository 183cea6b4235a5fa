import type { Definition, GatewayRef, GatewayResult } from '../buildkit/wire/types.ts'

/** Frontend attributes and inputs of one request while links are put in. */
export interface FrontendInput {
  readonly attrs: Record<string, string>
  readonly inputs: Map<string, Definition>
}

/** The result of a linked target and the name of the context it stands for. */
export interface ParentResult {
  readonly name: string
  /** `<node>-<target>`. */
  readonly key: string
  readonly result: GatewayResult
}

const CONFIG = 'containerimage.config'
/** An empty graph: what an empty image amounts to. */
const SCRATCH = new Uint8Array() as Definition

/**
 * Puts the result of another target in place of `context:<name>` (spec buildkit 10.1, steps 2 and 3).
 * `key` is `<node>-<target>`. A result for several platforms becomes one context per platform.
 */
export function linkResult(input: FrontendInput, name: string, key: string, result: GatewayResult): void {
  const { refs } = result
  if (refs.kind === 'single') {
    putInput(input, { context: `context:${name}`, key, ref: refs.ref, config: result.metadata.get(CONFIG) })
    return
  }
  delete input.attrs[`context:${name}`]
  if (refs.kind === 'none') return
  for (const [platform, ref] of refs.refs) {
    putInput(input, {
      context: `context:${name}::${platform}`,
      key: `${key}::${platform}`,
      ref,
      config: result.metadata.get(`${CONFIG}/${platform}`),
    })
  }
}

interface LinkedRef {
  readonly context: string
  readonly key: string
  readonly ref: GatewayRef
  readonly config: Uint8Array | undefined
}

function putInput(input: FrontendInput, { context, key, ref, config }: LinkedRef): void {
  input.attrs[context] = `input:${key}`
  input.inputs.set(key, ref.definition ?? SCRATCH)
  if (config !== undefined) {
    input.attrs[`input-metadata:${key}`] = JSON.stringify({
      [CONFIG]: Buffer.from(config).toString('base64'),
    })
  }
}
