import { convert } from '../../core/value/convert.ts'
import { str, unknownOf } from '../../core/value/make.ts'
import { STRING } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { ForNode, Node, TemplateNode } from '../hcl/ast.ts'
import type { Evaluation } from './evaluation.ts'
import { MAX_TEXT } from './limits.ts'

const SUMMARY = 'Invalid template interpolation value'

/** Joins the parts of a template to a string (spec bake 3.3). */
export function evaluateTemplate(ev: Evaluation, node: TemplateNode): Value {
  const [only] = node.parts
  if (node.parts.length === 1 && only?.kind === 'literal') return textOnly(ev, node, only)
  let text = ''
  let known = true
  for (const part of node.parts) {
    const value = ev.value(part)
    if (value.kind === 'string') text += value.value
    else if (value.kind === 'unknown') known = false
    else text += partText(ev, node, part, value)
    if (text.length > MAX_TEXT) return tooLong(ev, node)
  }
  return known ? ev.sized(node, str(text)) : unknownOf(STRING)
}

function tooLong(ev: Evaluation, node: Node): Value {
  return ev.tooBig(node, `It has more than ${MAX_TEXT} characters.`)
}

function textOnly(ev: Evaluation, node: TemplateNode, part: Extract<Node, { kind: 'literal' }>): Value {
  if (part.value.kind === 'string') return part.value
  if (part.value.kind === 'unknown') return unknownOf(STRING)
  return str(partText(ev, node, part, part.value))
}

function partText(ev: Evaluation, node: TemplateNode, part: Node, value: Value): string {
  if (value.kind === 'null') {
    const detail = 'The expression result is null. Cannot include a null value in a string template.'
    ev.fail(part, 'eval/bad-interpolation', SUMMARY, detail, part.span, node.span)
    return ''
  }
  const converted = convert(value, STRING)
  if (converted.ok) return converted.value.kind === 'string' ? converted.value.value : ''
  const detail = `Cannot include the given value in a string template: ${converted.message}.`
  ev.fail(part, 'eval/bad-interpolation', SUMMARY, detail, part.span, node.span)
  return ''
}

/** Joins the rounds of a `%{ for }` directive. */
export function evaluateJoin(ev: Evaluation, each: ForNode): Value {
  const rounds = ev.value(each)
  if (rounds.kind !== 'tuple') return unknownOf(STRING)
  let text = ''
  for (const round of rounds.items) {
    if (round.kind === 'unknown') return unknownOf(STRING)
    if (round.kind === 'string') text += round.value
    if (text.length > MAX_TEXT) return tooLong(ev, each)
  }
  return str(text)
}
