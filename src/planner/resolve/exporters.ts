import type { OutputEntry } from '../plan.ts'

/**
 * `push=true` and `push=false` of a target (spec bake 7.3): images get the attribute; without any output
 * other than `docker` an image to push is added; `registry` outputs leave when pushing is off.
 */
export function withPush(outputs: readonly OutputEntry[], push: 'on' | 'off'): readonly OutputEntry[] {
  if (push === 'off') return withoutPush(outputs)
  const pushing = outputs.map((output) => (output.type === 'image' ? pushAttr(output, 'true') : output))
  if (!pushing.every((output) => output.type === 'docker')) return pushing
  return [...pushing, { type: 'image', attrs: { push: 'true' } }]
}

function pushAttr(output: OutputEntry, push: 'true' | 'false'): OutputEntry {
  return { ...output, attrs: { ...output.attrs, push } }
}

/** A removed output gives its place to the last one, as in the reference. */
function withoutPush(outputs: readonly OutputEntry[]): readonly OutputEntry[] {
  const kept = [...outputs]
  for (let i = 0; i < kept.length; ) {
    const output = kept[i]
    if (output?.type === 'registry') {
      const last = kept.pop()
      if (i < kept.length && last !== undefined) kept[i] = last
      continue
    }
    if (output?.type === 'image') kept[i] = pushAttr(output, 'false')
    i++
  }
  return kept
}

/** `load=true` of a target: adds a `docker` output unless one loads already or an output cannot be an image. */
export function withLoad(outputs: readonly OutputEntry[]): readonly OutputEntry[] {
  for (const output of outputs) {
    if (output.type === 'docker') {
      if (output.attrs['dest'] === undefined) return outputs
    } else if (output.type !== 'image' && output.type !== 'registry' && output.type !== 'oci') {
      return outputs
    }
  }
  return [...outputs, { type: 'docker', attrs: {} }]
}
