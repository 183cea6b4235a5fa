import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import { CASTS } from './casts.ts'
import {
  type MappingEntry,
  type MappingNode,
  mappingNode,
  type Node,
  type Path,
  type ScalarNode,
  sequenceNode,
  textNode,
} from './node.ts'
import { below } from './rules.ts'
import { problem, Stop } from './stop.ts'
import { type Lookup, substitute, type TemplateProblem } from './substitute.ts'
import type { Warnings } from './warnings.ts'

interface Located {
  readonly path: Path
  readonly diagnostic: Diagnostic
}

/**
 * Fills in variables everywhere, keys excepted, and casts the texts of typed attributes. Every mistake is
 * reported, in path order (compose-go interpolation/interpolation.go).
 */
export function interpolate(root: MappingNode, lookup: Lookup, warnings: Warnings): MappingNode {
  const walk = new Walk(lookup, warnings)
  const filled = walk.mapping(root, CASTS)
  if (walk.problems.length === 0) return filled
  walk.problems.sort((a, b) => comparePaths(a.path, b.path))
  throw new Stop(walk.problems.map((one) => one.diagnostic))
}

type CastRules = typeof CASTS | undefined

class Walk {
  readonly problems: Located[] = []
  private readonly lookup: Lookup
  private readonly warnings: Warnings
  private readonly path: string[] = []

  constructor(lookup: Lookup, warnings: Warnings) {
    this.lookup = lookup
    this.warnings = warnings
  }

  mapping(node: MappingNode, rules: CastRules): MappingNode {
    let changed: Map<string, MappingEntry> | undefined
    for (const [key, entry] of node.entries) {
      this.path.push(key)
      const value = this.node(entry.value, rules === undefined ? undefined : below(rules, key))
      this.path.pop()
      if (value === entry.value) continue
      changed ??= new Map(node.entries)
      changed.set(key, { value, keySpan: entry.keySpan })
    }
    return changed === undefined ? node : mappingNode(changed, node.span)
  }

  private node(node: Node, rules: CastRules): Node {
    if (node.kind === 'mapping') return this.mapping(node, rules)
    if (node.kind === 'scalar') return this.scalar(node, rules)
    if (node.items.length === 0) return node
    this.path.push('[]')
    const items = node.items.map((item) => this.node(item, below(rules, '[]')))
    this.path.pop()
    return items.some((item, i) => item !== node.items[i]) ? sequenceNode(items, node.span) : node
  }

  private scalar(node: ScalarNode, rules: CastRules): Node {
    if (node.value.type !== 'string') return node
    const { text } = node.value
    const cast = rules?.here
    if (cast === undefined && !text.includes('$')) return node
    const filled = substitute(text, {
      lookup: this.lookup,
      unset: (name) => this.warnings.unset(name, node.span),
    })
    if (!filled.ok) {
      this.refuse(node, templateMessage(filled.problem, this.path), filled.problem)
      return node
    }
    if (cast === undefined) return filled.text === text ? node : textNode(filled.text, node.span)
    const result = cast(filled.text)
    if (!result.ok) {
      const why = `failed to cast to expected type: ${result.message}`
      this.refuse(node, `error while interpolating ${this.path.join('.')}: ${why}`, undefined)
      return node
    }
    if (result.warning !== undefined) this.warnings.add('compose/old-boolean', result.warning, node.span)
    return { kind: 'scalar', value: result.value, span: node.span }
  }

  private refuse(node: ScalarNode, summary: string, why: TemplateProblem | undefined): void {
    const code =
      why === undefined
        ? 'compose/bad-cast'
        : why.kind === 'missing'
          ? 'compose/missing-variable'
          : 'compose/bad-interpolation'
    const hint =
      why === undefined
        ? 'give the attribute a value of its type'
        : why.kind === 'missing'
          ? `set it in the environment, in .env, or with --var ${why.name}=...`
          : 'write $$ for a dollar sign, or ${NAME} for a variable'
    this.problems.push({
      path: [...this.path],
      diagnostic: problem(code, summary, { at: node.span, hints: [hint] }),
    })
  }
}

function templateMessage(why: TemplateProblem, path: Path): string {
  const place = path.join('.')
  if (why.kind === 'invalid') {
    return `invalid interpolation format for ${place}.\nYou may need to escape any $ with another $.\n${why.template}`
  }
  return `error while interpolating ${place}: ${requiredMessage(why.name, why.reason)}`
}

/** The reference's text for a variable that must be set. */
export function requiredMessage(name: string, reason: string): string {
  const missing = `required variable ${name} is missing a value`
  return reason === '' ? missing : `${missing}: ${reason}`
}

function comparePaths(a: Path, b: Path): number {
  for (const [i, part] of a.entries()) {
    const other = b[i]
    if (other === undefined) return 1
    const order = compareBytes(part, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}
