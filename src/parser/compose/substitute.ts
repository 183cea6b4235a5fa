/** What a name stands for; undefined when it is not set. */
export type Lookup = (name: string) => string | undefined

/** Why a text cannot be filled in. */
export type TemplateProblem =
  | { readonly kind: 'invalid'; readonly template: string }
  | { readonly kind: 'missing'; readonly name: string; readonly reason: string }

export type Substituted =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: TemplateProblem }

/** Where a text looks names up, and who is told of a plain `$NAME` that is not set. */
export interface Substitution {
  readonly lookup: Lookup
  readonly unset: (name: string) => void
}

const NAMED = '[_a-zA-Z][_a-zA-Z0-9]*'
const PATTERN = `\\$(?:(\\$)|(${NAMED})|\\{(?:(${NAMED}(?::?[-+?][^\\n]*)?)\\}|))`
const ALL = new RegExp(PATTERN, 'g')
const FIRST = new RegExp(PATTERN)
const OPERATORS = [':?', '?', ':-', '-', ':+', '+'] as const

type Operator = (typeof OPERATORS)[number]

/**
 * Fills in `$NAME`, `${NAME}` and the forms with `:-`, `-`, `:+`, `+`, `:?`, `?`; `$$` is a dollar sign
 * (spec bake 9.1, compose-go template/template.go). The first mistake of a text is the one reported.
 */
export function substitute(template: string, from: Substitution): Substituted {
  if (!template.includes('$')) return { ok: true, text: template }
  let first: TemplateProblem | undefined
  const text = template.replaceAll(ALL, (found) => {
    const filled = replacement(found, template, from)
    if (filled.ok) return filled.text
    first ??= filled.problem
    return ''
  })
  return first === undefined ? { ok: true, text } : { ok: false, problem: first }
}

function replacement(found: string, template: string, from: Substitution): Substituted {
  const operator = firstOperator(found)
  const close = closingBrace(found)
  const rest = close < 0 ? '' : found.slice(close + 1)
  const match = FIRST.exec(close < 0 ? found : found.slice(0, close + 1))
  if (match?.[1] !== undefined) return { ok: true, text: '$' }
  const name = match?.[2] ?? match?.[3]
  if (name === undefined) return { ok: false, problem: { kind: 'invalid', template } }
  if (match?.[2] === undefined && name.includes(operator)) return withOperator(name, operator, rest, from)
  const value = from.lookup(name)
  if (value === undefined) from.unset(name)
  return { ok: true, text: value ?? '' }
}

function withOperator(expression: string, operator: Operator, rest: string, from: Substitution): Substituted {
  const at = expression.indexOf(operator)
  const name = expression.slice(0, at)
  const operand = expression.slice(at + operator.length)
  const filled = applied(name, operator, operand, from)
  if (!filled.ok || rest === '') return filled
  const after = substitute(rest, from)
  return after.ok ? { ok: true, text: filled.text + after.text } : after
}

function applied(name: string, operator: Operator, operand: string, from: Substitution): Substituted {
  const value = from.lookup(name)
  const present = value !== undefined && (!operator.startsWith(':') || value !== '')
  if (operator.endsWith('+')) return present ? substitute(operand, from) : { ok: true, text: value ?? '' }
  if (present) return { ok: true, text: value }
  if (operator.endsWith('-')) return substitute(operand, from)
  const reason = substitute(operand, from)
  return reason.ok ? { ok: false, problem: { kind: 'missing', name, reason: reason.text } } : reason
}

/** The operator that comes first in the text, `:?` when there is none: it then finds nothing to do. */
function firstOperator(text: string): Operator {
  let best: Operator = ':?'
  let bestAt = text.indexOf(best)
  for (const operator of OPERATORS) {
    const at = text.indexOf(operator)
    if (at >= 0 && (bestAt < 0 || at < bestAt)) {
      best = operator
      bestAt = at
    }
  }
  return best
}

/** Where the first `{` is closed; the character behind every `{` is not looked at, as in the reference. */
function closingBrace(text: string): number {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === 125) {
      depth -= 1
      if (depth === 0) return i
    } else if (char === 123) {
      depth += 1
      i += 1
    }
  }
  return -1
}
