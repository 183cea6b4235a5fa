import type { Span } from '../../core/source/source-file.ts'
import type { Reference, ReferenceStep } from '../scope.ts'
import type { AccessNode, BinaryNode, ForNode, Node, ObjectItem } from './ast.ts'

/** A function name as it is called. */
export interface CalledName {
  readonly name: string
  readonly span: Span
}

/** What an expression takes from outside of itself. */
export interface Needs {
  /** In source order; `for` variables are inside. */
  readonly references: readonly Reference[]
  /** Names of all functions called, each once. */
  readonly calls: readonly CalledName[]
}

const NOTHING: Needs = { references: [], calls: [] }

/** The names an expression needs. */
export function needsOf(node: Node): Needs {
  if (isConstant(node)) return NOTHING
  const found = new Walk()
  found.visit(node, NO_LOCALS)
  return found
}

/** The quick answer for most expressions of a definition. */
function isConstant(node: Node): boolean {
  if (node.kind === 'literal') return true
  if (node.kind === 'template') return node.parts.length === 1 && node.parts[0]?.kind === 'literal'
  return node.kind === 'tuple' && node.items.every(isConstant)
}

/** The name an object key stands for without parentheses, as in `{ name = 1 }`; also `true` and `null`. */
export function literalKey(item: ObjectItem): string | undefined {
  return item.forced ? undefined : keywordOf(item.key)
}

/** The node as one bare word. */
export function keywordOf(node: Node): string | undefined {
  if (node.kind === 'variable') return node.name
  if (node.kind !== 'literal') return undefined
  if (node.value.kind === 'null') return 'null'
  return node.value.kind === 'bool' ? String(node.value.value) : undefined
}

type Locals = ReadonlySet<string>
const NO_LOCALS: Locals = new Set()

class Walk implements Needs {
  readonly references: Reference[] = []
  readonly calls: CalledName[] = []

  visit(node: Node, locals: Locals): void {
    switch (node.kind) {
      case 'literal':
        return
      case 'variable':
        this.reference(node.name, node.span, [], locals)
        break
      case 'access':
        this.access(node, locals)
        break
      case 'template':
        this.visitAll(node.parts, locals)
        break
      case 'tuple':
        this.visitAll(node.items, locals)
        break
      case 'wrap':
      case 'paren':
        this.visit(node.inner, locals)
        break
      case 'join':
        this.loop(node.each, locals)
        break
      case 'for':
        this.loop(node, locals)
        break
      case 'unary':
        this.visit(node.operand, locals)
        break
      case 'binary':
        this.binary(node, locals)
        break
      case 'conditional':
        this.visitAll([node.condition, node.yes, node.no], locals)
        break
      case 'call':
        this.call(node.name, node.nameSpan)
        this.visitAll(node.args, locals)
        break
      case 'object':
        for (const item of node.items) {
          if (literalKey(item) === undefined) this.visit(item.key, locals)
          this.visit(item.value, locals)
        }
    }
  }

  private visitAll(nodes: readonly Node[], locals: Locals): void {
    for (const node of nodes) this.visit(node, locals)
  }

  /** Goes down the left side in a loop: a sum of thousands of terms is deep only there. */
  private binary(node: BinaryNode, locals: Locals): void {
    const rights: Node[] = []
    let left: Node = node
    while (left.kind === 'binary') {
      rights.push(left.right)
      left = left.left
    }
    this.visit(left, locals)
    this.visitAll(rights.reverse(), locals)
  }

  private access(node: AccessNode, locals: Locals): void {
    if (node.source.kind === 'variable') {
      this.reference(node.source.name, node.source.span, constantSteps(node), locals)
    } else this.visit(node.source, locals)
    for (const step of node.steps) if (step.kind === 'computed') this.visit(step.key, locals)
  }

  private loop(node: ForNode, locals: Locals): void {
    this.visit(node.collection, locals)
    const inner = new Set(locals).add(node.valueName)
    if (node.keyName !== undefined) inner.add(node.keyName)
    if (node.key !== undefined) this.visit(node.key, inner)
    this.visit(node.value, inner)
    if (node.condition !== undefined) this.visit(node.condition, inner)
  }

  private call(name: string, span: Span): void {
    if (!this.calls.some((one) => one.name === name)) this.calls.push({ name, span })
  }

  private reference(root: string, rootSpan: Span, steps: readonly ReferenceStep[], locals: Locals): void {
    if (locals.has(root)) return
    const span = { ...rootSpan, end: steps.at(-1)?.span.end ?? rootSpan.end }
    this.references.push({ root, rootSpan, steps, span })
  }
}

/** The steps whose keys stand in the source, up to the first splat or computed index. */
function constantSteps(node: AccessNode): readonly ReferenceStep[] {
  const steps: ReferenceStep[] = []
  for (const step of node.steps) {
    if (step.kind === 'computed' || step.kind === 'splat') break
    steps.push(step)
  }
  return steps
}
