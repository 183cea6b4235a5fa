import { attestFlagText } from '../elements/attest.ts'
import type { Override } from './override.ts'
import type { PlanFlags } from './request.ts'

/** The overrides that flags stand for, in the order of the reference (spec bake 1.1, 7.4). */
export function flagOverrides(flags: PlanFlags): readonly Override[] {
  const overrides: Override[] = []
  const add = (key: string, value: string, flag: string, mode: 'set' | 'append' = 'set'): void => {
    const override: Override = {
      text: flag,
      path: `*.${key}`,
      pattern: '*',
      key,
      value,
      append: mode === 'append',
    }
    overrides.push(override)
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
  for (const policy of flags.policy ?? []) {
    add('policy', policy, `--policy=${policy}`, isDisabling(policy) ? 'set' : 'append')
  }
  return overrides
}

/** `--policy disabled=true` alone replaces the policies of every target. */
function isDisabling(policy: string): boolean {
  return /^\s*disabled\s*=\s*(1|t|T|TRUE|true|True)$/i.test(policy)
}
