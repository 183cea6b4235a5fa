import type { OutputEntry } from '../planner/plan.ts'
import { annotationAttrs } from './annotations.ts'
import { hasExplicitAttestations } from './attestations.ts'
import { callOf } from './attrs.ts'
import { nodeOutputs } from './node-outputs.ts'
import type { DraftOutput, OutputInput, OutputPart } from './output-part.ts'
import { envBool } from './settings.ts'
import { tagProblem } from './tag.ts'
import { problem, remark } from './unsupported.ts'

export function outputPart(input: OutputInput): OutputPart {
  const { target, report } = input
  const span = target.fieldSpans?.get('output') ?? target.span
  const asked = target.fields.output ?? []
  const kept = asked.filter((o) => o.type !== 'cacheonly')
  const drafts = asked.length === 0 ? defaultOutputs(input) : kept.map(draft)
  const named = nameOutputs(drafts, input)
  const annotations = annotationAttrs(
    target.fields.annotations,
    report,
    target.fieldSpans?.get('annotations') ?? span,
  )
  // An output that was only implied carries none, as in the reference.
  const annotated =
    asked.length === 0 ? named : named.map((o) => ({ ...o, attrs: { ...o.attrs, ...annotations } }))
  if (asked.length === 0 && named.length > 0 && Object.keys(annotations).length > 0) {
    report(
      remark(
        'solve/annotations-unused',
        `annotations of ${target.name} are not set because it has no output`,
        target.fieldSpans?.get('annotations') ?? target.span,
      ),
    )
  }
  if (annotated.length > 1 && !input.node.llbCaps.has('exporter.multiple')) {
    report(
      problem(
        'solve/many-outputs',
        'multiple outputs currently unsupported by the current BuildKit daemon, please upgrade to version v0.13+ or use a single output',
        span,
      ),
    )
  }
  return {
    ...nodeOutputs(annotated, input, hasExplicitAttestations(target)),
    nothingKept:
      asked.length === 0 && drafts.length === 0 && callOf(target.fields) === undefined && !target.linkedOnly,
  }
}

function draft(entry: OutputEntry): DraftOutput {
  const attrs: Record<string, string> = { ...entry.attrs }
  if (entry.type !== 'registry') return { type: entry.type, attrs }
  return { type: 'image', attrs: { push: 'true', unpack: 'false', ...attrs } }
}

/** The docker driver keeps a result in the image store by default; others only with `default-load`. */
function defaultOutputs({ target, node, settings }: OutputInput): readonly DraftOutput[] {
  const off = envBool(settings.env['BUILDX_NO_DEFAULT_LOAD']) === true
  if (off || callOf(target.fields) !== undefined || target.linkedOnly) return []
  if (node.driver === 'docker') return [{ type: 'image', attrs: {} }]
  return node.features.has('default-load') ? [{ type: 'docker', attrs: {} }] : []
}

function nameOutputs(
  drafts: readonly DraftOutput[],
  { target, report }: OutputInput,
): readonly DraftOutput[] {
  const tags = target.fields.tags ?? []
  const span = target.fieldSpans?.get('tags') ?? target.span
  for (const tag of tags) {
    const why = tagProblem(tag)
    if (why) report(problem('solve/invalid-tag', `invalid tag "${tag}": ${why}`, span))
  }
  const pushes = drafts.some((o) => o.type === 'image' && !o.attrs['name'] && isTrue(o.attrs['push']))
  if (tags.length === 0 && pushes) {
    report(
      problem(
        'solve/tag-needed',
        'tag is needed when pushing to registry',
        target.fieldSpans?.get('output') ?? target.span,
        [`Give the target "${target.name}" a tag, e.g. tags = ["registry/name:tag"].`],
      ),
    )
  }
  if (tags.length === 0) return drafts
  return drafts.map((o) =>
    o.type === 'image' || o.type === 'oci' || o.type === 'docker'
      ? { ...o, attrs: { ...o.attrs, name: tags.join(',') } }
      : o,
  )
}

/** The client reads `push` with ParseBool: an empty text is false. */
function isTrue(text: string | undefined): boolean {
  return envBool(text) === true
}
