import { type SourceFile, type Span, spanOf } from '../../core/source/source-file.ts'
import { AnchorBook } from './anchor-book.ts'
import { readFlowList, readInlineScalar } from './inline-value.ts'
import { readLiteral } from './literal-block.ts'
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
const MAX_LINES = 20_000
const MAX_SIZE = 90_000

const UNUSUAL = /[\t\r\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/
const KEY = /([A-Za-z_][A-Za-z0-9_./-]*):(?: +|$)/y
const MERGE = /<<: +/y
const RESERVED_KEY = /^(?:true|false|null)$/i

/** A content line: blank lines and comments are gone, the indentation is counted. */
interface Line {
  readonly indent: number
  readonly start: number
  readonly text: string
}

/**
 * Reads the plain part of YAML that most Compose files keep to: block mappings and lists, scalars on one
 * line, literal blocks, short flow lists, anchors of values and their aliases. Undefined at the first thing beyond that, mistakes included: the full reader
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
  private readonly anchors = new AnchorBook()
  private at = 0
  private depth = 0

  constructor(file: SourceFile, lines: readonly Line[]) {
    this.file = file
    this.lines = lines
  }

  read(): MappingNode | undefined {
    const first = this.lines[0]
    if (first === undefined || first.indent !== 0) return BEYOND
    const root = this.mapping(0, this.lines[0]?.start ?? 0)
    const whole =
      this.at === this.lines.length && this.anchors.size <= MAX_SIZE && !this.anchors.isSuspicious()
    return whole ? root : BEYOND
  }

  /**
   * A mapping whose keys stand at `indent`; the current line holds the first one. It may have begun on the
   * line of a dash: then `first` is what follows the dash.
   */
  private mapping(indent: number, start: number, first?: string): MappingNode | undefined {
    this.depth += 1
    if (this.depth > MAX_DEPTH) return BEYOND
    this.anchors.count(1)
    const draft: Draft = { entries: new Map(), merged: undefined }
    if (first !== undefined && !this.entry(first, start, indent, draft)) return BEYOND
    for (let line = this.lines[this.at]; line?.indent === indent; line = this.lines[this.at]) {
      if (!this.entry(line.text, line.start, indent, draft)) return BEYOND
    }
    this.depth -= 1
    for (const source of draft.merged ?? []) {
      for (const [key, entry] of source.entries) if (!draft.entries.has(key)) draft.entries.set(key, entry)
    }
    return mappingNode(draft.entries, spanOf(this.file.id, start, this.previousEnd()))
  }

  /** Reads `key:` or `key: value` of the current line, which begins at `start`; false for anything else. */
  private entry(text: string, start: number, indent: number, draft: Draft): boolean {
    KEY.lastIndex = 0
    const match = KEY.exec(text)
    const key = match?.[1]
    if (match === null || key === undefined) return this.mergeEntry(text, indent, draft)
    if (draft.entries.has(key) || RESERVED_KEY.test(key)) return false
    this.at += 1
    this.anchors.count(1)
    const keySpan = spanOf(this.file.id, start, start + key.length)
    const value = this.value(
      text.slice(match[0].length),
      start + match[0].length,
      start + key.length + 1,
      indent,
    )
    if (value === undefined) return false
    draft.entries.set(key, { value, keySpan })
    return true
  }

  /** Reads `<<: *name` or `<<: [*a, *b]`. */
  private mergeEntry(text: string, indent: number, draft: Draft): boolean {
    MERGE.lastIndex = 0
    if (draft.merged !== undefined || !MERGE.test(text)) return false
    this.at += 1
    this.anchors.count(1)
    const next = this.lines[this.at]
    if (next !== undefined && next.indent > indent) return false
    draft.merged = this.anchors.mappings(text.slice(MERGE.lastIndex))
    return draft.merged !== undefined
  }

  /** What follows a key: a value on its line, or one below it. `keyEnd` is where nothing would stand. */
  private value(inline: string, start: number, keyEnd: number, indent: number): Node | undefined {
    if (inline === '' || inline.startsWith('#')) return this.below(indent, keyEnd, 'mapping')
    if (!inline.startsWith('&')) return this.inline(inline, start, indent)
    const anchor = ANCHOR.exec(inline)
    if (anchor === null) return BEYOND
    const [all, name = ''] = anchor
    const before = this.anchors.size
    const rest = inline.slice(all.length)
    const below = rest === '' || rest.startsWith('#')
    const value = below ? this.below(indent, -1, 'mapping') : this.inline(rest, start + all.length, indent)
    // Inside of a value its own name does not stand for anything yet, so it is entered last.
    if (value !== undefined) this.anchors.enter(name, value, this.anchors.size - before)
    return value
  }

  /** The value on the lines below a key or a dash at `indent`; null, at `at`, when there are none. */
  private below(indent: number, at: number, of: 'mapping' | 'list'): Node | undefined {
    const next = this.lines[this.at]
    const isList = next !== undefined && isDash(next.text)
    if (
      next === undefined ||
      next.indent < indent ||
      (next.indent === indent && !(isList && of === 'mapping'))
    ) {
      this.anchors.count(1)
      return at < 0 ? BEYOND : nullNode(spanOf(this.file.id, at, at))
    }
    return isList ? this.list(next.indent) : this.mapping(next.indent, next.start)
  }

  private list(indent: number): Node | undefined {
    this.depth += 1
    if (this.depth > MAX_DEPTH) return BEYOND
    this.anchors.count(1)
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
    if (KEY.test(rest)) return this.mapping(start - line.start + indent, start, rest)
    this.at += 1
    return this.inline(rest, start, indent)
  }

  /** A value that begins on its line; apart from a literal block it ends there, and a deeper line is beyond. */
  private inline(text: string, start: number, indent: number): Node | undefined {
    if (text.startsWith('|')) return this.literal(text, start, indent)
    const next = this.lines[this.at]
    if (next !== undefined && next.indent > indent) return BEYOND
    if (text.startsWith('*')) return this.anchors.value(text)
    const value = text.startsWith('[')
      ? readFlowList(text, start, this.file.id)
      : readInlineScalar(text, start, this.file.id)
    this.anchors.count(value?.kind === 'sequence' ? value.items.length + 1 : 1)
    return value
  }

  private literal(header: string, start: number, indent: number): Node | undefined {
    const block = readLiteral(this.file, header, start, indent)
    if (block === undefined) return BEYOND
    this.anchors.count(1)
    for (
      let line = this.lines[this.at];
      line !== undefined && line.start < block.end;
      line = this.lines[this.at]
    ) {
      this.at += 1
    }
    return block.node
  }

  private previousEnd(): Span['end'] {
    const line = this.lines[this.at - 1]
    return line === undefined ? 0 : line.start + line.text.trimEnd().length
  }
}

/** A mapping while it is read. */
interface Draft {
  readonly entries: Map<string, MappingEntry>
  merged: readonly MappingNode[] | undefined
}

const ANCHOR = /^&([A-Za-z0-9_-]+)(?: +|$)/

function isDash(text: string): boolean {
  return text.charCodeAt(0) === 45 && (text.length === 1 || text.charCodeAt(1) === 32)
}
