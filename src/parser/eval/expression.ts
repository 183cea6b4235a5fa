import type { Checked } from '../../core/diag/diagnostic.ts'
import { joinSpans, type Span } from '../../core/source/source-file.ts'
import { str } from '../../core/value/make.ts'
import type { Value } from '../../core/value/value.ts'
import { type Node, type ObjectItem, startSpanOf } from '../hcl/ast.ts'
import { type CalledName, keywordOf, literalKey, type Needs, needsOf } from '../hcl/references.ts'
import type { Expression, Reference, Scope, StaticCall } from '../scope.ts'
import { evaluate } from './evaluate.ts'

/** An expression in native syntax. */
export function expressionOf(node: Node): Expression {
  return new NodeExpression(node)
}

class NodeExpression implements Expression {
  readonly node: Node
  private found: Needs | undefined

  constructor(node: Node) {
    this.node = node
  }

  get span(): Span {
    return this.node.span
  }

  get startSpan(): Span {
    return startSpanOf(this.node)
  }

  references(): readonly Reference[] {
    return this.needs().references
  }

  calls(): readonly CalledName[] {
    return this.needs().calls
  }

  private needs(): Needs {
    this.found ??= needsOf(this.node)
    return this.found
  }

  evaluate(scope: Scope): Checked<Value> {
    return evaluate(this.node, scope, expressionOf)
  }

  asList(): readonly Expression[] | undefined {
    return this.node.kind === 'tuple' ? this.node.items.map(expressionOf) : undefined
  }

  asKeyword(): string | undefined {
    return keywordOf(this.node)
  }

  asCall(): StaticCall | undefined {
    const { node } = this
    if (node.kind !== 'call') return undefined
    const argsSpan = joinSpans(node.openSpan, node.closeSpan)
    return { name: node.name, nameSpan: node.nameSpan, args: node.args.map(expressionOf), argsSpan }
  }

  asMap(): readonly { readonly key: Expression; readonly value: Expression }[] | undefined {
    if (this.node.kind !== 'object') return undefined
    return this.node.items.map((item) => ({ key: keyExpression(item), value: expressionOf(item.value) }))
  }
}

/** A key is text where its expression alone would be a reference. */
function keyExpression(item: ObjectItem): Expression {
  const name = literalKey(item)
  return name === undefined ? expressionOf(item.key) : new NameExpression(name, item.key.span)
}

/** A bare name that stands for itself. */
class NameExpression extends NodeExpression {
  private readonly name: string

  constructor(name: string, span: Span) {
    super({ kind: 'literal', value: str(name), span })
    this.name = name
  }

  override asKeyword(): string {
    return this.name
  }
}
