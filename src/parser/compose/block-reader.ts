import { type SourceFile, type Span, spanOf } from '../../core/source/source-file.ts'
import { readFlowList, readInlineScalar } from './inline-value.ts'
import {
  type MappingEntry,
  type MappingNode,
  mappingNode,
  type Node,
  nullNode,
  sequenceNode,
} from './node.ts'

/** Deeper texts go to the full reader, which knows the bound. */
const MAX_DEPTH = 100
/** Larger texts go to the full reader, which counts as the reference does. */
const MAX_LINES = 50_000

const UNUSUAL = /[\t\r\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/
const KEY = /([A-Za-z_][A-Za-z0-9_./-]*):(?: +|$)/y
const RESERVED_KEY = /^(?:true|false|null)$/i

/** A content line: blank lines and comments are gone, the indentation is counted. */
interface Line {
  readonly indent: number
  readonly start: number
  readonly text: string
}

/**
 * Reads the plain part of YAML that most Compose files keep to: block mappings and lists, scalars on one
 * line, short flow lists. Undefined at the first thing beyond that, mistakes included: the full reader
 * then reads the whole text. Both give the same tree; this one takes a fraction of the time.
 */
export function readBlocks(file: SourceFile): MappingNode | undefined {
  if (UNUSUAL.test(file.text)) return undefined
  const lines = contentLines(file.text)
  if (lines === undefined || lines.length === 0) return undefined
  return new BlockReader(file, lines).read()
}

function contentLines(text: string): readonly Line[] | undefined {
  const lines: Line[] = []
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    let first = start
    while (first < end && text.charCodeAt(first) === 32) first += 1
    if (first < end && text.charCodeAt(first) !== 35) {
      const content = text.slice(first, end)
      if (first === start && /^(?:---|\.\.\.|%)/.test(content)) {
        // One marker before everything else only begins the document.
        if (lines.length > 0 || content.trimEnd() !== '---') return undefined
      } else {
        lines.push({ indent: first - start, start: first, text: content })
      }
    }
    start = end + 1
  }
  return lines.length > MAX_LINES ? undefined : lines
}

/** What could not be read here; stands for "ask the full reader". */
const BEYOND = undefined

class BlockReader {
  private readonly file: SourceFile
  private readonly lines: readonly Line[]
  private at = 0
  private depth = 0

  constructor(file: SourceFile, lines: readonly Line[]) {
    this.file = file
    this.lines = lines
  }

  read(): MappingNode | undefined {
    const first = this.lines[0]
    if (first === undefined || first.indent !== 0) return BEYOND
    const root = this.mapping(0)
    return this.at === this.lines.length ? root : BEYOND
  }

  /** A mapping whose keys stand at `indent`; the current line holds the first one. */
  private mapping(indent: number): MappingNode | undefined {
    this.depth += 1
    if (this.depth > MAX_DEPTH) return BEYOND
    const start = this.lines[this.at]?.start ?? 0
    const entries = new Map<string, MappingEntry>()
    for (let line = this.lines[this.at]; line?.indent === indent; line = this.lines[this.at]) {
      const added = this.entry(line.text, line.start, indent, entries)
      if (!added) return BEYOND
    }
    this.depth -= 1
    return mappingNode(entries, spanOf(this.file.id, start, this.previousEnd()))
  }

  /** Reads `key:` or `key: value` of the current line, which begins at `start`; false for anything else. */
  private entry(text: string, start: number, indent: number, entries: Map<string, MappingEntry>): boolean {
    KEY.lastIndex = 0
    const match = KEY.exec(text)
    const key = match?.[1]
    if (match === null || key === undefined || entries.has(key) || RESERVED_KEY.test(key)) return false
    this.at += 1
    const keySpan = spanOf(this.file.id, start, start + key.length)
    const inline = text.slice(match[0].length)
    const value =
      inline === '' || inline.startsWith('#')
        ? this.below(indent, start + key.length + 1, 'mapping')
        : this.inline(inline, start + match[0].length, indent)
    if (value === undefined) return false
    entries.set(key, { value, keySpan })
    return true
  }

  /** The value on the lines below a key or a dash at `indent`; null when there are none. */
  private below(indent: number, at: number, of: 'mapping' | 'list'): Node | undefined {
    const next = this.lines[this.at]
    const isList = next !== undefined && isDash(next.text)
    if (
      next === undefined ||
      next.indent < indent ||
      (next.indent === indent && !(isList && of === 'mapping'))
    ) {
      return nullNode(spanOf(this.file.id, at, at))
    }
    return isList ? this.list(next.indent) : this.mapping(next.indent)
  }

  private list(indent: number): Node | undefined {
    this.depth += 1
    if (this.depth > MAX_DEPTH) return BEYOND
    const start = this.lines[this.at]?.start ?? 0
    const items: Node[] = []
    for (
      let line = this.lines[this.at];
      line?.indent === indent && isDash(line.text);
      line = this.lines[this.at]
    ) {
      const item = this.item(line, indent)
      if (item === undefined) return BEYOND
      items.push(item)
    }
    this.depth -= 1
    const next = this.lines[this.at]
    if (next !== undefined && next.indent > indent) return BEYOND
    return sequenceNode(items, spanOf(this.file.id, start, this.previousEnd()))
  }

  private item(line: Line, indent: number): Node | undefined {
    const rest = line.text.slice(1).trimStart()
    if (rest === '' || rest.startsWith('#')) {
      this.at += 1
      return this.below(indent, line.start + 1, 'list')
    }
    if (isDash(rest)) return BEYOND
    const start = line.start + line.text.length - rest.length
    KEY.lastIndex = 0
    if (!KEY.test(rest)) {
      this.at += 1
      return this.inline(rest, start, indent)
    }
    return this.compactMapping(rest, start, start - line.start + indent)
  }

  /** A mapping that begins on the line of its dash; further keys stand below the first one. */
  private compactMapping(text: string, start: number, indent: number): Node | undefined {
    const entries = new Map<string, MappingEntry>()
    if (!this.entry(text, start, indent, entries)) return BEYOND
    for (let line = this.lines[this.at]; line?.indent === indent; line = this.lines[this.at]) {
      if (!this.entry(line.text, line.start, indent, entries)) return BEYOND
    }
    return mappingNode(entries, spanOf(this.file.id, start, this.previousEnd()))
  }

  /** A value that ends on its line; a deeper line below would continue it. */
  private inline(text: string, start: number, indent: number): Node | undefined {
    const next = this.lines[this.at]
    if (next !== undefined && next.indent > indent) return BEYOND
    return text.startsWith('[')
      ? readFlowList(text, start, this.file.id)
      : readInlineScalar(text, start, this.file.id)
  }

  private previousEnd(): Span['end'] {
    const line = this.lines[this.at - 1]
    return line === undefined ? 0 : line.start + line.text.trimEnd().length
  }
}

function isDash(text: string): boolean {
  return text.charCodeAt(0) === 45 && (text.length === 1 || text.charCodeAt(1) === 32)
}
