import { quote } from '../../core/go/quote.ts'

const NAMES: ReadonlySet<string> = new Set([
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
])

/** What is wrong with a limit `name=soft[:hard]`, or undefined (spec bake 10.5). */
export function ulimitProblem(text: string): string | undefined {
  const equals = text.indexOf('=')
  if (equals < 0) return `invalid ulimit argument: ${text}`
  const name = text.slice(0, equals)
  if (!NAMES.has(name)) return `invalid ulimit type: ${name}`
  const values = text.slice(equals + 1)
  const limits = values.split(':')
  if (limits.length > 2) {
    return `too many limit value arguments - ${values}, can only have up to two, \`soft[:hard]\``
  }
  for (const limit of [...limits].reverse()) {
    if (!/^[+-]?[0-9]+$/.test(limit)) return `strconv.ParseInt: parsing ${quote(limit)}: invalid syntax`
    if (BigInt.asIntN(64, BigInt(limit.replace('+', ''))) !== BigInt(limit.replace('+', ''))) {
      return `strconv.ParseInt: parsing ${quote(limit)}: value out of range`
    }
  }
  const [soft = 0n, hard = soft] = limits.map((limit) => BigInt(limit.replace('+', '')))
  const rule = 'ulimit soft limit must be less than or equal to hard limit'
  if (hard === -1n) return undefined
  if (soft === -1n) return `${rule}: soft: -1 (unlimited), hard: ${hard}`
  return soft > hard ? `${rule}: ${soft} > ${hard}` : undefined
}
