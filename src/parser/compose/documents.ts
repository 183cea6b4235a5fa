import { type Document, type ParsedNode, parseAllDocuments, type YAMLError } from 'yaml'
import { type SourceFile, spanOf } from '../../core/source/source-file.ts'
import { placeOf } from './lines.ts'
import { MAX_DEPTH, tooDeepAt } from './nesting.ts'
import type { ComposeDocument } from './node.ts'
import { nullNode } from './node.ts'
import { refuse, type Stop } from './stop.ts'
import { TreeBuilder } from './tree-builder.ts'

/**
 * A Compose file as trees, one per YAML document. Mistakes end the reading with the reference's words;
 * the file is named as the reference names it, which is not at all while it is looked at alone.
 */
export function readDocuments(file: SourceFile, shownName: string): readonly ComposeDocument[] {
  const parsed = parse(file, shownName)
  const documents: ComposeDocument[] = []
  for (const document of parsed) {
    const error = document.errors.find((one) => !isTolerated(one))
    if (error !== undefined) throw syntaxError(error, file, shownName)
    const { contents } = document
    documents.push(
      contents === null
        ? { root: nullNode(spanOf(file.id, document.range[0], document.range[0])), cleared: [] }
        : new TreeBuilder(file, shownName).build(contents),
    )
  }
  return documents
}

function parse(file: SourceFile, shownName: string): readonly Document.Parsed[] {
  const deep = tooDeepAt(file.text)
  if (deep >= 0) throw tooDeep(file, shownName, deep)
  try {
    return parseAllDocuments<ParsedNode, true>(
      withLineFeeds(file.text),
      OPTIONS,
    ) as readonly Document.Parsed[]
  } catch (error) {
    // Thousands of maps that begin on one line (`a: b: c: `) nest too, and the parser runs out of stack.
    if (error instanceof RangeError) throw tooDeep(file, shownName, 0)
    throw error
  }
}

/** A carriage return alone ends a line of YAML, which the parser does not know. Offsets stay as they are. */
function withLineFeeds(text: string): string {
  return text.replaceAll(/\r(?!\n)/g, '\n')
}

function tooDeep(file: SourceFile, shownName: string, at: number): Stop {
  return refuse('compose/nesting', `failed to parse ${shownName}: yaml: exceeded max depth of ${MAX_DEPTH}`, {
    at: spanOf(file.id, at, at + 1),
    hints: ['nest less deeply'],
  })
}

const OPTIONS = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
  resolveKnownTags: false,
} as const

/** What YAML 1.2 forbids but the reference's reader lets pass. */
function isTolerated(error: YAMLError): boolean {
  return error.code === 'KEY_OVER_1024_CHARS'
}

/** The reference's words for what the parser of this room complains about. */
const WORDS: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
  MULTILINE_IMPLICIT_KEY: "could not find expected ':'",
  BAD_INDENT: 'did not find expected key',
  BLOCK_IN_FLOW: 'did not find expected node content',
  BAD_DQ_ESCAPE: 'found unknown escape character',
  TAG_RESOLVE_FAILED: 'did not find expected tag URI',
}
const NO_TOKEN: readonly YAMLError['code'][] = ['TAB_AS_INDENT', 'BAD_SCALAR_START']

const HINTS: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  TAB_AS_INDENT: 'indent with spaces, YAML does not allow tabs',
  BLOCK_AS_IMPLICIT_KEY: 'put the value in quotes if it holds a colon followed by a space',
  MULTILINE_IMPLICIT_KEY: 'write `key: value`, with a space after the colon',
  BAD_INDENT: 'line the key up with its neighbours',
}

function syntaxError(error: YAMLError, file: SourceFile, shownName: string): Stop {
  const [start, end] = error.pos
  return refuse('compose/yaml-syntax', `failed to parse ${shownName}: yaml: ${wordsFor(error, file)}`, {
    at: spanOf(file.id, start, Math.max(start, end)),
    hints: [hintFor(error)],
  })
}

function hintFor(error: YAMLError): string {
  if (error.message.startsWith('Missing closing')) return 'close the quote'
  if (error.message.startsWith('Flow ')) return 'close the bracket'
  return HINTS[error.code] ?? 'put the value in quotes, or correct the YAML around this place'
}

function wordsFor(error: YAMLError, file: SourceFile): string {
  const place = placeOf(file.text, error.pos[0])
  if (NO_TOKEN.includes(error.code)) {
    return `while scanning for the next token at ${place}: found character that cannot start any token`
  }
  const { message } = error
  if (message.startsWith('Missing closing')) return `${place}: found unexpected end of stream`
  if (message.startsWith('Flow '))
    return `${place}: did not find expected ',' or '${message.includes('map') ? '}' : ']'}'`
  return `${place}: ${WORDS[error.code] ?? lowerFirst(message)}`
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
