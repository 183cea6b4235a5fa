import { type Document, type ParsedNode, parseAllDocuments, type YAMLError } from 'yaml'
import { type SourceFile, spanOf } from '../../core/source/source-file.ts'
import { lineOf } from './lines.ts'
import type { ComposeDocument } from './node.ts'
import { nullNode } from './node.ts'
import { refuse, type Stop } from './stop.ts'
import { TreeBuilder } from './tree-builder.ts'

/**
 * A Compose file as trees, one per YAML document. Mistakes end the reading with the reference's words;
 * the file is named as the reference names it, which is not at all while it is looked at alone.
 */
export function readDocuments(file: SourceFile, shownName: string): readonly ComposeDocument[] {
  const parsed = parseAllDocuments<ParsedNode, true>(file.text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    resolveKnownTags: false,
  })
  const documents: ComposeDocument[] = []
  for (const document of parsed as readonly Document.Parsed[]) {
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

/** What YAML 1.2 forbids but the reference's reader lets pass. */
function isTolerated(error: YAMLError): boolean {
  return error.code === 'KEY_OVER_1024_CHARS'
}

const WORDS: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  TAB_AS_INDENT: 'found character that cannot start any token',
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
  BAD_ALIAS: 'did not find expected alphabetic or numeric character',
  MULTILINE_IMPLICIT_KEY: "could not find expected ':'",
  MISSING_CHAR: "did not find expected ',' or ']' or '}'",
  BAD_INDENT: 'did not find expected key',
  BLOCK_IN_FLOW: 'did not find expected node content',
  BAD_DQ_ESCAPE: 'found unknown escape character',
  TAG_RESOLVE_FAILED: 'did not find expected tag URI',
}

const HINTS: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  TAB_AS_INDENT: 'indent with spaces, YAML does not allow tabs',
  BLOCK_AS_IMPLICIT_KEY: 'put the value in quotes if it holds a colon followed by a space',
  MULTILINE_IMPLICIT_KEY: 'write `key: value`, with a space after the colon',
  BAD_INDENT: 'line the key up with its neighbours',
}

function syntaxError(error: YAMLError, file: SourceFile, shownName: string): Stop {
  const [start, end] = error.pos
  const words = WORDS[error.code] ?? lowerFirst(error.message)
  return refuse(
    'compose/yaml-syntax',
    `failed to parse ${shownName}: yaml: line ${lineOf(file.text, start)}: ${words}`,
    {
      at: spanOf(file.id, start, Math.max(start, end)),
      detail: `${error.message.replace(/\.?$/, '')}.`,
      hints: [HINTS[error.code] ?? 'check the YAML around this place'],
    },
  )
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
