import type { Diagnostic } from '../core/diag/diagnostic.ts'
import type { Span } from '../core/source/source-file.ts'

/** A feature with its name and page as the reference prints them (spec cli 13). */
export interface NamedFeature {
  readonly label: string
  readonly page: string
}

export const MULTI_PLATFORM: NamedFeature = { label: 'Multi-platform build', page: 'build-multi-platform' }
export const CACHE_EXPORT: NamedFeature = { label: 'Cache export', page: 'build-cache-backends' }
export const OCI_EXPORTER: NamedFeature = { label: 'OCI exporter', page: 'build-exporters' }
export const DOCKER_EXPORTER: NamedFeature = { label: 'Docker exporter', page: 'build-exporters' }
export const ATTESTATION: NamedFeature = { label: 'Attestation', page: 'attestations' }

/** `<Feature> is not supported for the <driver> driver.` and the two lines of advice below it. */
export function notSupported(feature: NamedFeature, driver: string, subject?: Span): Diagnostic {
  return problem(
    'solve/unsupported-by-driver',
    [
      `${feature.label} is not supported for the ${driver} driver.`,
      'Switch to a different driver, or turn on the containerd image store, and try again.',
      `Learn more at https://docs.docker.com/go/${feature.page}/`,
    ].join('\n'),
    subject,
  )
}

/** A refusal in the reference's words; `summary` may hold several lines. */
export function problem(
  code: `solve/${string}`,
  summary: string,
  subject?: Span,
  hints: readonly string[] = [],
): Diagnostic {
  return {
    severity: 'error',
    code,
    summary,
    ...(subject ? { subject } : {}),
    ...(hints.length > 0 ? { hints } : {}),
  }
}

/** A remark in the reference's words. */
export function remark(code: `solve/${string}`, summary: string, subject?: Span): Diagnostic {
  return { severity: 'warning', code, summary, ...(subject ? { subject } : {}) }
}
