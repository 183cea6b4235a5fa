import type { Diagnostic } from '../core/diag/diagnostic.ts'
import type { AttestEntry, ResolvedTarget } from '../planner/plan.ts'
import { callOf } from './attrs.ts'
import { envBool, type RequestSettings } from './settings.ts'
import type { NodeCapabilities } from './types.ts'
import { ATTESTATION, notSupported, problem } from './unsupported.ts'

/** `attest:*` attributes with the provenance default (spec buildkit 9.2). */
export function attestAttrs(
  target: ResolvedTarget,
  node: NodeCapabilities,
  settings: RequestSettings,
  report: (d: Diagnostic) => void,
): Readonly<Record<string, string>> {
  const entries = target.fields.attest ?? []
  const wanted = entries.filter((e) => !e.disabled)
  const able = node.llbCaps.has('exporter.image.attestations')
  const span = target.fieldSpans?.get('attest') ?? target.span
  const attrs: Record<string, string> = {}
  if (wanted.length > 0 && !node.features.has('multi-platform')) {
    report(notSupported(ATTESTATION, node.driver, span))
  } else if (wanted.length > 0 && !able) {
    report(
      problem('solve/attestation', 'attestations are not supported by the current BuildKit daemon', span),
    )
  } else {
    for (const entry of wanted) attrs[`attest:${entry.type}`] = attestText(entry)
  }
  const asked = entries.some((e) => e.type === 'provenance')
  const off = envBool(settings.env['BUILDX_NO_DEFAULT_ATTESTATIONS']) === true
  if (!asked && !off && able && node.features.has('multi-platform') && callOf(target.fields) === undefined) {
    attrs['attest:provenance'] = 'mode=min,inline-only=true'
  }
  return attrs
}

/** Whether a request carries attestations that go to files too (not the inline default). */
export function hasExplicitAttestations(target: ResolvedTarget): boolean {
  return (target.fields.attest ?? []).some((e) => !e.disabled)
}

function attestText(entry: AttestEntry): string {
  const fields = [`type=${entry.type}`, ...Object.entries(entry.attrs).map(([k, v]) => `${k}=${v}`)]
  return fields.map(csvField).join(',')
}

function csvField(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
