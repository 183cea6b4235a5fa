import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import { quote } from '../../core/go/quote.ts'
import type { Span } from '../../core/source/source-file.ts'
import { convert } from '../../core/value/convert.ts'
import { bool, nullOf, num, object, str, tuple, unknownOf } from '../../core/value/make.ts'
import { ANY, STRING } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import { expressionOf } from '../eval/expression.ts'
import { isIdentifier } from '../hcl/characters.ts'
import { parseExpressionText, parseTemplateText } from '../hcl/parse.ts'
import { placeText } from '../place-text.ts'
import { problem } from '../problem.ts'
import type { Expression, Reference, Scope, StaticCall } from '../scope.ts'
import { type JsonMember, type JsonNode, type JsonObject, type JsonString, startOf } from './ast.ts'
import { offsetMap } from './string-text.ts'

/** A JSON value as an expression: strings and names of members are templates (spec bake 2.2). */
export function jsonExpression(node: JsonNode): Expression {
  return node.kind === 'string' ? new StringExpression(node) : new ValueExpression(node)
}

const UNKNOWN: Value = unknownOf(ANY)

/** Anything but strings. Parts are wrapped once, so that their templates are parsed once. */
class ValueExpression implements Expression {
  private readonly node: Exclude<JsonNode, JsonString>
  private wrapped: readonly Expression[] | undefined
  private foundReferences: readonly Reference[] | undefined

  constructor(node: Exclude<JsonNode, JsonString>) {
    this.node = node
  }

  get span(): Span {
    return this.node.span
  }

  get startSpan(): Span {
    return startOf(this.node)
  }

  references(): readonly Reference[] {
    this.foundReferences ??= this.parts().flatMap((part) => part.references())
    return this.foundReferences
  }

  calls(): ReturnType<Expression['calls']> {
    const all = this.parts().flatMap((part) => part.calls())
    return [...new Map(all.map((one) => [one.name, one])).values()]
  }

  evaluate(scope: Scope): Checked<Value> {
    const { node } = this
    switch (node.kind) {
      case 'number':
        return { value: num(node.value), diagnostics: [] }
      case 'bool':
        return { value: bool(node.value), diagnostics: [] }
      case 'null':
        return { value: nullOf(ANY), diagnostics: [] }
      case 'invalid':
        return { value: UNKNOWN, diagnostics: [] }
      case 'array':
        return evaluateArray(this.parts(), scope)
      case 'object':
        return evaluateObject(node, this.parts(), scope)
    }
  }

  asList(): readonly Expression[] | undefined {
    return this.node.kind === 'array' ? this.parts() : undefined
  }

  asKeyword(): undefined {
    return undefined
  }

  asCall(): undefined {
    return undefined
  }

  asMap(): ReturnType<Expression['asMap']> {
    if (this.node.kind !== 'object') return undefined
    const parts = this.parts()
    return this.node.members.map((_, i) => ({
      key: parts[2 * i] as Expression,
      value: parts[2 * i + 1] as Expression,
    }))
  }

  /** Items of an array; names and values of an object in turn. */
  private parts(): readonly Expression[] {
    const { node } = this
    if (this.wrapped === undefined) {
      if (node.kind === 'array') this.wrapped = node.items.map(jsonExpression)
      else if (node.kind !== 'object') this.wrapped = []
      else this.wrapped = node.members.flatMap((one) => [jsonExpression(one.name), jsonExpression(one.value)])
    }
    return this.wrapped
  }
}

function evaluateArray(items: readonly Expression[], scope: Scope): Checked<Value> {
  const diagnostics: Diagnostic[] = []
  const values = items.map((item) => {
    const found = item.evaluate(scope)
    diagnostics.push(...found.diagnostics)
    return found.value
  })
  return { value: tuple(values), diagnostics }
}

function evaluateObject(node: JsonObject, parts: readonly Expression[], scope: Scope): Checked<Value> {
  const diagnostics: Diagnostic[] = []
  const entries = new Map<string, Value>()
  const places = new Map<string, JsonMember>()
  let known = true
  for (const [i, member] of node.members.entries()) {
    const name = (parts[2 * i] as Expression).evaluate(scope)
    const value = (parts[2 * i + 1] as Expression).evaluate(scope)
    diagnostics.push(...name.diagnostics, ...value.diagnostics)
    const key = keyText(member, name.value, diagnostics)
    if (key === undefined) known = name.value.kind !== 'unknown' && known
    else if (places.has(key)) diagnostics.push(duplicateKey(member, key, places.get(key) as JsonMember))
    else {
      entries.set(key, value.value)
      places.set(key, member)
    }
  }
  return { value: known ? object(entries) : UNKNOWN, diagnostics }
}

function keyText(member: JsonMember, value: Value, diagnostics: Diagnostic[]): string | undefined {
  const converted = convert(value, STRING)
  if (converted.ok && converted.value.kind === 'string') return converted.value.value
  if (converted.ok && converted.value.kind === 'unknown') return undefined
  const detail = converted.ok
    ? 'Cannot use null value as an object key.'
    : `Cannot use this expression as an object key: ${converted.message}.`
  diagnostics.push(problem('eval/bad-key', 'Invalid object key expression', detail, member.name.span))
  return undefined
}

function duplicateKey(member: JsonMember, key: string, first: JsonMember): Diagnostic {
  const place = placeText(first.name.file, first.name.span)
  const detail = `An attribute named ${quote(key)} was already defined at ${place}.`
  return problem('json/duplicate-key', 'Duplicate object attribute', detail, member.name.span)
}

/** A string: a template, and in other places a keyword or a call. */
class StringExpression implements Expression {
  private readonly node: JsonString
  private parsed: Checked<Expression> | undefined

  constructor(node: JsonString) {
    this.node = node
  }

  get span(): Span {
    return this.node.span
  }

  get startSpan(): Span {
    return this.node.span
  }

  references(): readonly Reference[] {
    const { value, diagnostics } = this.template()
    return diagnostics.length > 0 ? [] : value.references()
  }

  calls(): ReturnType<Expression['calls']> {
    return this.template().value.calls()
  }

  evaluate(scope: Scope): Checked<Value> {
    const { value, diagnostics } = this.template()
    return diagnostics.length > 0 ? { value: UNKNOWN, diagnostics } : value.evaluate(scope)
  }

  asList(): undefined {
    return undefined
  }

  literalText(): string {
    return this.node.text
  }

  asKeyword(): string | undefined {
    const word = this.node.text.trim()
    return isIdentifier(word) ? word : undefined
  }

  asCall(): StaticCall | undefined {
    const { value, diagnostics } = parseExpressionText(this.part())
    return diagnostics.length > 0 ? undefined : expressionOf(value).asCall()
  }

  asMap(): undefined {
    return undefined
  }

  private template(): Checked<Expression> {
    if (this.parsed === undefined) {
      const { text, span } = this.node
      if (!text.includes('${') && !text.includes('%{')) {
        this.parsed = { value: expressionOf({ kind: 'literal', value: str(text), span }), diagnostics: [] }
      } else {
        const { value, diagnostics } = parseTemplateText(this.part())
        this.parsed = { value: expressionOf(value), diagnostics }
      }
    }
    return this.parsed
  }

  private part(): Parameters<typeof parseTemplateText>[0] {
    const { file, text, span } = this.node
    const raw = file.text.slice(span.start, span.end)
    return { file, text, toFileOffset: offsetMap(raw, span.start) }
  }
}
