import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  type Node as YamlNode,
} from 'yaml'
import { quote } from '../../core/go/quote.ts'
import { type SourceFile, type Span, spanOf } from '../../core/source/source-file.ts'
import { lineOf, placeOf } from './lines.ts'
import {
  type ComposeDocument,
  floatText,
  type MappingEntry,
  mappingNode,
  type Node,
  nullNode,
  type Path,
  sequenceNode,
} from './node.ts'
import { resolvePlain } from './scalar.ts'
import { refuse, type Stop } from './stop.ts'
import { resolveTagged } from './tagged-scalar.ts'

/** Nodes the reference looks at while it searches for `!reset` (compose-go loader/reset.go). */
const MAX_VISITS = 100_000

/** What became of one YAML node. `node` is absent when `!reset` took it away. */
interface Built {
  readonly node: Node | undefined
  /** Relative to this node. */
  readonly cleared: readonly Path[]
  /** Values the reference makes of this node, aliases followed, and how many of those through aliases. */
  readonly size: number
  readonly aliased: number
}

const NONE: readonly Path[] = []

/** Turns one parsed document into a tree: anchors followed, merge keys applied, `!reset` and `!override` noted. */
export class TreeBuilder {
  private readonly file: SourceFile
  private readonly shownName: string
  private readonly anchors = new Map<string, YamlNode>()
  private readonly built = new Map<YamlNode, Built>()
  private readonly open = new Set<YamlNode>()
  private readonly place: string[] = []
  private visits = 0
  private rootLine = 1

  constructor(file: SourceFile, shownName: string) {
    this.file = file
    this.shownName = shownName
  }

  build(root: YamlNode): ComposeDocument {
    this.rootLine = lineOf(this.file.text, this.spanOf(root).start)
    const { node, cleared, size, aliased } = this.node(root)
    if (aliased > 100 && size > 1000 && aliased / size > allowedAliasShare(size)) {
      throw this.failure('compose/alias-bomb', 'yaml: document contains excessive aliasing', root, [
        'write the repeated parts out, or nest fewer aliases in each other',
      ])
    }
    return { root: node ?? nullNode(this.spanOf(root)), cleared }
  }

  private node(yaml: YamlNode): Built {
    this.visits += 1
    if (this.visits > MAX_VISITS) {
      const why = `compose file exceeds maximum node visit limit (${MAX_VISITS})`
      throw this.construct('compose/too-many-nodes', why, yaml, ['split the file'])
    }
    if (isAlias(yaml)) return this.alias(yaml)
    const anchor = (yaml as Scalar).anchor
    if (anchor !== undefined) this.anchors.set(anchor, yaml)
    const { tag } = yaml as Scalar
    if (tag === '!reset') {
      this.collectAnchors(yaml)
      return { node: undefined, cleared: [[]], size: 0, aliased: 0 }
    }
    const known = this.built.get(yaml)
    if (known !== undefined) return known
    if (isScalar(yaml))
      return { node: this.scalar(yaml), cleared: tag === '!override' ? [[]] : NONE, size: 1, aliased: 0 }
    this.open.add(yaml)
    const inner = isMap(yaml) ? this.mapping(yaml) : this.sequence(yaml as YAMLSeq)
    this.open.delete(yaml)
    // The reference does not look inside of what `!override` marks.
    const result = tag === '!override' ? { ...inner, cleared: [[]] } : inner
    this.built.set(yaml, result)
    return result
  }

  private alias(yaml: YamlNode & { readonly source: string }): Built {
    const target = this.anchors.get(yaml.source)
    if (target === undefined) {
      throw this.failure(
        'compose/unknown-anchor',
        `yaml: ${placeOf(this.file.text, this.spanOf(yaml).start + 1)}: unknown anchor '${yaml.source}' referenced`,
        yaml,
        [`write \`&${yaml.source}\` where the value is defined, above this place`],
      )
    }
    if (this.open.has(target)) {
      throw this.failure('compose/alias-cycle', `yaml: anchor '${yaml.source}' value contains itself`, yaml, [
        'an alias cannot stand inside of the value it repeats',
      ])
    }
    const { node, cleared, size } = this.node(target)
    return { node, cleared, size: size + 1, aliased: size }
  }

  private sequence(yaml: YAMLSeq): Built {
    const items: Node[] = []
    const cleared: Path[] = []
    let size = 1
    let aliased = 0
    for (const [index, item] of yaml.items.entries()) {
      if (item === null || item === undefined) {
        items.push(nullNode(this.spanOf(yaml)))
        size += 1
        continue
      }
      this.place.push(`[${index}]`)
      const inner = this.node(item as YamlNode)
      this.place.pop()
      // A number among the parts never matches a list element again: the reference does not clear those either.
      for (const path of inner.cleared) cleared.push([String(index), ...path])
      if (inner.node !== undefined) items.push(inner.node)
      size += inner.size
      aliased += inner.aliased
    }
    return { node: sequenceNode(items, this.spanOf(yaml)), cleared, size, aliased }
  }

  private mapping(yaml: YAMLMap): Built {
    const entries = new Map<string, MappingEntry>()
    const places = new Map<string, number>()
    const cleared: Path[] = []
    let merged: Node | undefined
    let size = 1
    let aliased = 0
    for (const pair of yaml.items as readonly Pair<YamlNode, YamlNode | null>[]) {
      const { key, isMerge } = this.key(pair.key)
      const earlier = places.get(key)
      if (earlier !== undefined) throw this.duplicate(key, pair.key, earlier)
      places.set(key, this.spanOf(pair.key).start)
      this.place.push(key)
      const inner = pair.value === null ? this.nothing(pair.key) : this.node(pair.value)
      this.place.pop()
      for (const path of inner.cleared) cleared.push(isMerge ? path : [key, ...path])
      size += 1 + inner.size
      aliased += inner.aliased
      if (inner.node === undefined) continue
      if (isMerge) merged = inner.node
      else entries.set(key, { value: inner.node, keySpan: this.spanOf(pair.key) })
    }
    if (merged !== undefined) this.merge(entries, merged, yaml)
    return { node: mappingNode(entries, this.spanOf(yaml)), cleared, size, aliased }
  }

  /** Adds what a merge key brings; what is there already stays, and of several mappings the first one wins. */
  private merge(entries: Map<string, MappingEntry>, merged: Node, yaml: YAMLMap): void {
    const sources = merged.kind === 'sequence' ? merged.items : [merged]
    for (const source of sources) {
      if (source.kind !== 'mapping') {
        const why = 'yaml: map merge requires map or sequence of maps as the value'
        throw this.failure('compose/merge-key', why, yaml, ['let `<<` stand before an alias of a mapping'])
      }
      for (const [key, entry] of source.entries) if (!entries.has(key)) entries.set(key, entry)
    }
  }

  private key(yaml: YamlNode): { readonly key: string; readonly isMerge: boolean } {
    const source = isAlias(yaml) ? this.anchors.get(yaml.source) : yaml
    if (!isScalar(source)) {
      throw this.failure(
        'compose/complex-key',
        'yaml: cannot use a collection as a map key; try decoding into yaml.Node',
        yaml,
        ['use a text as the key'],
      )
    }
    if (source.anchor !== undefined) this.anchors.set(source.anchor, source)
    const text = String(source.value ?? '')
    if (source.type !== 'PLAIN' && source.type !== undefined) return { key: text, isMerge: false }
    if (source.tag !== undefined) return { key: text, isMerge: false }
    if (text === '<<') return { key: text, isMerge: true }
    const value = resolvePlain(text)
    if (value.type !== 'string')
      throw this.notAText(yaml, value.type === 'float' ? floatText(value.value) : keyText(text, value))
    return { key: text, isMerge: false }
  }

  private scalar(yaml: Scalar): Node {
    const span = this.spanOf(yaml)
    const text = this.textOf(yaml, span)
    const plain = yaml.type === 'PLAIN' || yaml.type === undefined
    if (yaml.tag !== undefined && yaml.tag !== '!') {
      const value = resolveTagged(yaml.tag, text)
      if (typeof value === 'string')
        throw this.failure('compose/bad-tag', `yaml: ${value}`, yaml, ['drop the tag or fit the value to it'])
      return { kind: 'scalar', value, span }
    }
    return { kind: 'scalar', value: plain ? resolvePlain(text) : { type: 'string', text }, span }
  }

  /** A block at the very end of a text without a last line break has none either, whatever its header says. */
  private textOf(yaml: Scalar, span: Span): string {
    const text = typeof yaml.value === 'string' ? yaml.value : ''
    const isBlock = yaml.type === 'BLOCK_LITERAL' || yaml.type === 'BLOCK_FOLDED'
    const ends = isBlock && span.end >= this.file.text.length && !this.file.text.endsWith('\n')
    return ends ? text.replace(/\n$/, '') : text
  }

  private nothing(at: YamlNode): Built {
    return { node: nullNode(this.spanOf(at)), cleared: NONE, size: 1, aliased: 0 }
  }

  private collectAnchors(yaml: YamlNode): void {
    if (isScalar(yaml) || isMap(yaml) || isSeq(yaml)) {
      if (yaml.anchor !== undefined) this.anchors.set(yaml.anchor, yaml)
    }
    if (isSeq(yaml)) for (const item of yaml.items) if (item !== null) this.collectAnchors(item as YamlNode)
    if (isMap(yaml)) {
      for (const pair of yaml.items as readonly Pair<YamlNode, YamlNode | null>[]) {
        this.collectAnchors(pair.key)
        if (pair.value !== null) this.collectAnchors(pair.value)
      }
    }
  }

  private spanOf(yaml: YamlNode): Span {
    const [start = 0, end = 0] = yaml.range ?? []
    return spanOf(this.file.id, start, Math.max(start, end))
  }

  private lineOf(yaml: YamlNode): number {
    return lineOf(this.file.text, this.spanOf(yaml).start)
  }

  private duplicate(key: string, at: YamlNode, earlier: number): Stop {
    const line = lineOf(this.file.text, earlier)
    const why = `line ${this.lineOf(at)}: mapping key ${quote(key)} already defined at line ${line}`
    return refuse('compose/duplicate-key', this.inConstruct(why), {
      at: this.spanOf(at),
      related: [{ span: spanOf(this.file.id, earlier, earlier + key.length), label: 'the same key is here' }],
      hints: ['keep one of the two'],
    })
  }

  private notAText(at: YamlNode, shown: string): Stop {
    const where = this.place.join('.').replaceAll('.[', '[')
    const location = where === '' ? 'at top level' : `in ${where}`
    return refuse('compose/non-string-key', `non-string key ${location}: ${shown}`, {
      at: this.spanOf(at),
      hints: [`put the key in quotes: "${this.file.text.slice(this.spanOf(at).start, this.spanOf(at).end)}"`],
    })
  }

  private construct(code: `compose/${string}`, why: string, at: YamlNode, hints: readonly string[]): Stop {
    return refuse(code, this.inConstruct(why), { at: this.spanOf(at), hints })
  }

  private inConstruct(why: string): string {
    return `failed to parse ${this.shownName}: yaml: construct errors:\n  line ${this.rootLine}: ${why}`
  }

  private failure(code: `compose/${string}`, why: string, at: YamlNode, hints: readonly string[]): Stop {
    return refuse(code, `failed to parse ${this.shownName}: ${why}`, { at: this.spanOf(at), hints })
  }
}

function keyText(text: string, value: { readonly type: string; readonly value?: unknown }): string {
  if (value.type === 'null') return '<nil>'
  return value.type === 'time' ? text : String(value.value)
}

/** The share of values that may come from aliases: 99 % of small documents, down to 10 % of very large ones. */
function allowedAliasShare(size: number): number {
  if (size <= 400_000) return 0.99
  if (size >= 4_000_000) return 0.1
  return 0.99 - 0.89 * ((size - 400_000) / 3_600_000)
}
