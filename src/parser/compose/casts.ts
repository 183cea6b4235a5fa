import { floatError, parseFloat64 } from '../../core/go/float.ts'
import { quote } from '../../core/go/quote.ts'
import type { ScalarValue } from './node.ts'
import { compileRules, type Rules } from './rules.ts'

export type CastResult =
  | { readonly ok: true; readonly value: ScalarValue; readonly warning?: string }
  | { readonly ok: false; readonly message: string }

type Cast = (text: string) => CastResult

const INT64 = /^[+-]?\d+$/
const MAX_INT64 = 2n ** 63n

/** A decimal 64-bit integer; `name` is the Go function that the reference's error names. */
export function castInt(name: 'Atoi' | 'ParseInt'): Cast {
  return (text) => {
    const failed = (why: string): CastResult => ({
      ok: false,
      message: `strconv.${name}: parsing ${quote(text)}: ${why}`,
    })
    if (!INT64.test(text)) return failed('invalid syntax')
    const value = BigInt(text.replace(/^\+/, ''))
    if (value >= MAX_INT64 || value < -MAX_INT64) return failed('value out of range')
    return { ok: true, value: { type: 'int', value } }
  }
}

const castFloat: Cast = (text) => {
  const value = parseFloat64(text)
  return value === undefined
    ? { ok: false, message: floatError(text) }
    : { ok: true, value: { type: 'float', value } }
}

/** YAML 1.1's words for booleans in any case; all but true and false with a warning. */
export const castBool: Cast = (text) => {
  switch (text.toLowerCase()) {
    case 'true':
    case 'false':
      return { ok: true, value: { type: 'bool', value: text.toLowerCase() === 'true' } }
    case 'y':
    case 'yes':
    case 'on':
      return oldBool(text, true)
    case 'n':
    case 'no':
    case 'off':
      return oldBool(text, false)
    default:
      return { ok: false, message: `invalid boolean: ${text}` }
  }
}

function oldBool(text: string, value: boolean): CastResult {
  const warning = `${quote(text)} for boolean is not supported by YAML 1.2, please use \`${value}\``
  return { ok: true, value: { type: 'bool', value }, warning }
}

const ATOI = castInt('Atoi')
const PARSE_INT = castInt('ParseInt')

/** Texts that the reference turns into numbers and booleans once they are filled in (compose-go loader/interpolate.go). */
export const CASTS: Rules<Cast> = compileRules<Cast>({
  ...ofService(PARSE_INT, [
    'cpu_count',
    'cpu_period',
    'cpu_quota',
    'cpu_rt_period',
    'cpu_rt_runtime',
    'cpu_shares',
  ]),
  ...ofService(PARSE_INT, ['oom_score_adj', 'pids_limit']),
  ...ofService(castFloat, ['cpu_percent', 'cpus', 'deploy.update_config.max_failure_ratio']),
  ...ofService(castFloat, ['deploy.rollback_config.max_failure_ratio']),
  ...ofService(castBool, ['init', 'depends_on.*.required', 'depends_on.*.restart', 'healthcheck.disable']),
  ...ofService(castBool, ['oom_kill_disable', 'privileged', 'read_only', 'stdin_open', 'tty']),
  ...ofService(castBool, ['volumes.[].read_only', 'volumes.[].volume.nocopy']),
  ...ofService(ATOI, [
    'deploy.replicas',
    'deploy.update_config.parallelism',
    'deploy.rollback_config.parallelism',
  ]),
  ...ofService(ATOI, ['deploy.restart_policy.max_attempts', 'deploy.placement.max_replicas_per_node']),
  ...ofService(ATOI, ['healthcheck.retries', 'ports.[].target', 'scale']),
  ...ofService(ATOI, ['ulimits.*', 'ulimits.*.hard', 'ulimits.*.soft']),
  ...rowsOf(castBool, ['external', 'internal', 'attachable', 'enable_ipv4', 'enable_ipv6'], 'networks.*.'),
  ...rowsOf(castBool, ['volumes.*.external', 'secrets.*.external', 'configs.*.external'], ''),
})

function ofService(cast: Cast, keys: readonly string[]): Record<string, Cast> {
  return rowsOf(cast, keys, 'services.*.')
}

function rowsOf(cast: Cast, keys: readonly string[], prefix: string): Record<string, Cast> {
  return Object.fromEntries(keys.map((key) => [`${prefix}${key}`, cast]))
}
