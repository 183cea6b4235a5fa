import type { MappingNode, Node } from './node.ts'

const ALIAS = /^\*([A-Za-z0-9_-]+) *(?: #.*)?$/
const ALIASES = /^\[ *(\*[A-Za-z0-9_-]+(?: *, *\*[A-Za-z0-9_-]+)*) *\] *(?: #.*)?$/

/** Anchored values, and how many values aliases have made of them. */
export class AnchorBook {
  /** Values so far, those behind aliases counted as often as they appear. */
  size = 0
  private aliased = 0
  private readonly known = new Map<string, { readonly node: Node; readonly size: number }>()

  count(values: number): void {
    this.size += values
  }

  enter(name: string, node: Node, size: number): void {
    this.known.set(name, { node, size })
  }

  /** The value of `*name`; undefined for anything else. */
  value(text: string): Node | undefined {
    const name = ALIAS.exec(text)?.[1]
    return name === undefined ? undefined : this.use(name)
  }

  /** The mappings of `*name` or `[*a, *b]`; undefined for anything else. */
  mappings(text: string): readonly MappingNode[] | undefined {
    const listed = ALIASES.exec(text)?.[1]
    if (listed !== undefined) this.count(1)
    const names = listed?.split(',').map((name) => name.trim()) ?? [text]
    const nodes = names.map((name) => this.value(name))
    return nodes.every((node) => node?.kind === 'mapping') ? (nodes as MappingNode[]) : undefined
  }

  /** Whether nearly everything comes from aliases; the full reader then decides. */
  isSuspicious(): boolean {
    return this.aliased > 100 && this.size > 1000 && this.aliased / this.size > 0.95
  }

  private use(name: string): Node | undefined {
    const entry = this.known.get(name)
    if (entry === undefined) return undefined
    this.size += entry.size + 1
    this.aliased += entry.size
    return entry.node
  }
}
