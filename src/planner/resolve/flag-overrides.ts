import type { Checked } from '../../core/diag/diagnostic.ts'
import { attestFlagText } from '../elements/attest.ts'
import { parsePolicy } from '../elements/policy.ts'
import type { Override } from './override.ts'
import type { PlanFlags } from './request.ts'

/** What flags do to every target: overrides, and whether all policies are switched off in the end. */
export interface FlagEffects {
  readonly overrides: readonly Override[]
  readonly policies: 'kept' | 'disabled'
}

/** The effects of flags, overrides in the order of the reference (spec bake 1.1, 7.4). */
export function flagEffects(flags: PlanFlags): Checked<FlagEffects> {
  const overrides: Override[] = []
  const add = (key: string, value: string, text: string): void => {
    overrides.push({ text, path: `*.${key}`, pattern: '*', key, value, append: key === 'policy' })
  }
  if (flags.push === true) add('push', 'true', '--push')
  if (flags.load === true) add('load', 'true', '--load')
  if (flags.call !== undefined && flags.call !== 'build') add('call', flags.call, `--call=${flags.call}`)
  if (flags.noCache !== undefined) add('no-cache', String(flags.noCache), '--no-cache')
  if (flags.pull !== undefined) add('pull', String(flags.pull), '--pull')
  if (flags.sbom !== undefined && flags.sbom !== '') {
    add('attest', attestFlagText('sbom', flags.sbom), `--sbom=${flags.sbom}`)
  }
  if (flags.provenance !== undefined && flags.provenance !== '') {
    add('attest', attestFlagText('provenance', flags.provenance), `--provenance=${flags.provenance}`)
  }
  const policies = readPolicyFlags(flags.policy ?? [])
  if (typeof policies !== 'string') {
    const { summary } = policies
    const value: FlagEffects = { overrides, policies: 'kept' }
    return { value, diagnostics: [{ severity: 'error', code: 'override/refused', summary }] }
  }
  if (policies === 'kept') for (const text of flags.policy ?? []) add('policy', text, `--policy=${text}`)
  return { value: { overrides, policies }, diagnostics: [] }
}

/** `--policy` sets how policies are applied; which ones there are is said in the bake definition. */
function readPolicyFlags(texts: readonly string[]): 'kept' | 'disabled' | { readonly summary: string } {
  for (const text of texts) {
    const policy = parsePolicy(text)
    if (!policy.ok) return { summary: policy.message }
    const { files, reset, disabled, strict, logLevel } = policy.value
    if (files.length > 0) {
      return { summary: '--policy does not accept filename; define policy files in the bake definition' }
    }
    if (reset) {
      return { summary: '--policy does not accept reset; define policy composition in the bake definition' }
    }
    if (!disabled) continue
    const alone = strict === undefined && logLevel === undefined && texts.length === 1
    return alone ? 'disabled' : { summary: 'disabled policy cannot be combined with other policy flags' }
  }
  return 'kept'
}
