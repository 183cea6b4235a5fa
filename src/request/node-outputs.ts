import type { Span } from '../core/source/source-file.ts'
import { hasIndexAnnotations } from './annotations.ts'
import type { DraftOutput, OutputInput, OutputPart } from './output-part.ts'
import { resolvePath } from './paths.ts'
import { envBool } from './settings.ts'
import { repositoryOf } from './tag.ts'
import type { ContentStore, ExporterRequest, Sink } from './types.ts'
import { DOCKER_EXPORTER, notSupported, OCI_EXPORTER, problem } from './unsupported.ts'

const ENGINE_STORE_TYPES = new Set(['image', 'moby'])

/** Fits outputs to a node: engine image store, load, sinks, push rules. */
export function nodeOutputs(
  drafts: readonly DraftOutput[],
  input: OutputInput,
  attested: boolean,
): Omit<OutputPart, 'nothingKept'> {
  const stores: ContentStore[] = []
  const exporters: ExporterRequest[] = []
  const enginePush: string[] = []
  for (const [index, output] of drafts.entries()) {
    const fitted = fitOutput(output, input, attested)
    if (fitted === undefined) continue
    if (fitted.type === 'moby') enginePush.push(...engineTags(fitted, input))
    if (fitted.sink?.kind === 'layout')
      stores.push({ id: storeId(index, drafts), dir: fitted.sink.path, mode: 'write' })
    exporters.push(fitted)
  }
  const prefersDigest = exporters.some((e) => envBool(e.attrs['prefer-image-digest']) === true)
  return {
    exporters,
    stores,
    enginePush,
    dropResponseKeys: prefersDigest ? ['containerimage.config.digest'] : [],
  }
}

function fitOutput(output: DraftOutput, input: OutputInput, attested: boolean): ExporterRequest | undefined {
  const { node, target, report, split } = input
  const span = target.fieldSpans?.get('output') ?? target.span
  if (split && (output.type === 'oci' || output.type === 'tar')) {
    report(
      problem(
        'solve/multi-node-output',
        `${output.type} for multi-node builds currently not supported`,
        span,
      ),
    )
    return undefined
  }
  const attrs = { ...output.attrs, ...artifactDefault(output, input) }
  if (output.type === 'docker') return dockerOutput({ type: 'docker', attrs }, input, attested, span)
  if (output.type === 'oci' && !node.features.has('oci-exporter')) {
    report(notSupported(OCI_EXPORTER, node.driver, span))
    return undefined
  }
  if (ENGINE_STORE_TYPES.has(output.type) && node.driver === 'docker') return engineImage(attrs, input, span)
  if (output.type === 'image' && split && envBool(attrs['push']) === true) return splitPush(attrs)
  return withSink({ type: output.type, attrs }, input, span)
}

function artifactDefault(output: DraftOutput, { settings }: OutputInput): Readonly<Record<string, string>> {
  const off = envBool(settings.env['BUILDX_NO_DEFAULT_OCI_ARTIFACT']) === true
  const takes = output.type === 'image' || output.type === 'oci' || output.type === 'docker'
  return off && takes && output.attrs['oci-artifact'] === undefined ? { 'oci-artifact': 'false' } : {}
}

function dockerOutput(
  output: DraftOutput,
  input: OutputInput,
  attested: boolean,
  span: Span | undefined,
): ExporterRequest | undefined {
  const { node, report, platforms, settings } = input
  const { dest } = output.attrs
  const wantsIndex = platforms.length > 1 || attested
  if (dest !== undefined) {
    if (!node.features.has('docker-exporter')) {
      report(notSupported(DOCKER_EXPORTER, node.driver, span))
      return undefined
    }
    if (wantsIndex) {
      report(
        problem(
          'solve/docker-index',
          'docker exporter does not support exporting manifest lists, use the oci exporter instead',
          span,
        ),
      )
    }
    return withSink(output, input, span)
  }
  if (node.driver === 'docker') return engineImage(output.attrs, input, span)
  const context = output.attrs['context']
  const sink: Sink = { kind: 'load', ...(context === undefined ? {} : { context }) }
  if (settings.loadIntoContainerd) {
    return { type: 'oci', attrs: output.attrs, sink }
  }
  if (wantsIndex) {
    report(
      problem(
        'solve/docker-index',
        'docker exporter does not currently support exporting manifest lists',
        span,
      ),
    )
  }
  return { type: 'docker', attrs: output.attrs, sink }
}

/** On the docker driver images go into the engine's own store under the exporter name `moby`. */
function engineImage(
  attrs: Readonly<Record<string, string>>,
  { node, report, platforms, split }: OutputInput,
  span: Span | undefined,
): ExporterRequest {
  const push = envBool(attrs['push']) === true
  const fail = (text: string): void => report(problem('solve/engine-image', text, span))
  if (push && envBool(attrs['push-by-digest']) === true) {
    fail(
      'push-by-digest is currently not implemented for docker driver, please create a new builder instance',
    )
  }
  if (push && split) {
    fail(
      "multi-node push can't currently be performed with the docker driver, please switch to a different driver",
    )
  }
  if (!node.features.has('prefer-image-digest') && hasIndexAnnotations(attrs) && platforms.length <= 1)
    fail('index annotations not supported for single platform export')
  return { type: 'moby', attrs }
}

function engineTags(output: ExporterRequest, { node, target, report }: OutputInput): readonly string[] {
  if (envBool(output.attrs['push']) !== true || node.features.has('direct-push')) return []
  const names = (output.attrs['name'] ?? '').split(',').filter((n) => n !== '')
  if (names.length === 0)
    report(problem('solve/tag-needed', 'tag is needed when pushing to registry', target.span))
  return names
}

/** Each node pushes its part by digest; the list is made afterwards (spec buildkit 10.5). */
function splitPush(attrs: Readonly<Record<string, string>>): ExporterRequest {
  const names = (attrs['name'] ?? '').split(',').map(repositoryOf)
  return { type: 'image', attrs: { ...attrs, name: [...new Set(names)].join(','), 'push-by-digest': 'true' } }
}

function withSink(
  output: DraftOutput,
  { settings, report }: OutputInput,
  span: Span | undefined,
): ExporterRequest {
  const { dest, ...attrs } = output.attrs
  switch (output.type) {
    case 'local': {
      if (!dest || dest === '-')
        report(problem('solve/local-dest', 'dest is required for local exporter', span))
      const mode = attrs['mode'] === 'delete' ? 'delete' : 'copy'
      return {
        type: 'local',
        attrs,
        sink: { kind: 'dir', path: resolvePath(settings.cwd, dest ?? '.'), mode },
      }
    }
    case 'tar':
    case 'oci':
    case 'docker':
      return { type: output.type, attrs, sink: fileSink(output, settings.cwd) }
    default:
      return { type: output.type, attrs: output.attrs }
  }
}

function fileSink(output: DraftOutput, cwd: string): Sink {
  const dest = output.attrs['dest'] ?? '-'
  if (dest === '-' || dest === '') return { kind: 'stdout' }
  const path = resolvePath(cwd, dest)
  return output.type !== 'tar' && envBool(output.attrs['tar']) === false
    ? { kind: 'layout', path }
    : { kind: 'file', path }
}

function storeId(index: number, drafts: readonly DraftOutput[]): string {
  return drafts.length > 1 && index > 0 ? `export-${index}` : 'export'
}
