import { quoteChar } from '../../../core/go/quote.ts'
import type { Layout } from './format-number.ts'

/** One formatting verb as written. */
export interface Verb {
  /** From the percent sign to the letter. */
  readonly raw: string
  /** Where it starts in the format, in bytes of UTF-8; messages show it. */
  readonly offset: number
  readonly letter: string
  readonly layout: Layout
  /** The argument chosen by `[n]`, from 1. */
  readonly argument?: number
}

/** A piece of a format string. Scanning ends with the first fault. */
export type FormatPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'verb'; readonly verb: Verb }
  | { readonly kind: 'fault'; readonly message: string }

const VERB = /%([0#+ -]*)([1-9]\d*)?(?:\.(\d*))?(?:\[([1-9]\d*)\])?([A-Za-z])/y
/** As much of a verb as can be read; what follows it is to blame. */
const BROKEN_VERB = /%[0#+ -]*(?:[1-9]\d*)?(?:\.\d*)?(?:\[(?:[1-9]\d*\]?)?)?/y

/** Cuts a format string into literal text and verbs (spec bake 3.7, `format`). */
export function* scanFormat(format: string): Generator<FormatPiece, void> {
  let at = 0
  let offset = 0
  while (at < format.length) {
    const piece = pieceAt(format, at, offset)
    yield piece.piece
    if (piece.piece.kind === 'fault') return
    offset += utf8Length(format.slice(at, at + piece.length))
    at += piece.length
  }
}

function pieceAt(format: string, at: number, offset: number): { piece: FormatPiece; length: number } {
  const percent = format.indexOf('%', at)
  if (percent !== at) {
    const text = format.slice(at, percent < 0 ? format.length : percent)
    return { piece: { kind: 'text', text }, length: text.length }
  }
  if (format.startsWith('%%', at)) return { piece: { kind: 'text', text: '%' }, length: 2 }
  VERB.lastIndex = at
  const found = VERB.exec(format)
  if (found === null) return { piece: faultAt(format, at, offset), length: 0 }
  return { piece: { kind: 'verb', verb: verbOf(found, offset) }, length: found[0].length }
}

function verbOf(found: RegExpExecArray, offset: number): Verb {
  const [raw, flags = '', width, precision, argument, letter = ''] = found
  const has = (flag: string): boolean => flags.includes(flag)
  const layout: Layout = {
    plus: has('+'),
    minus: has('-'),
    space: has(' '),
    zero: has('0'),
    sharp: has('#'),
    ...(width === undefined ? {} : { width: Number(width) }),
    ...(precision === undefined ? {} : { precision: Number(precision) }),
  }
  const chosen = argument === undefined ? {} : { argument: Number(argument) }
  return { raw, offset, letter, layout, ...chosen }
}

function faultAt(format: string, at: number, offset: number): FormatPiece {
  BROKEN_VERB.lastIndex = at
  const readable = BROKEN_VERB.exec(format)?.[0] ?? ''
  const where = offset + readable.length
  const [char] = format.slice(at + readable.length)
  const message =
    char === undefined
      ? `invalid format string starting at offset ${where}`
      : `unrecognized format character ${quoteChar(char)} at offset ${where}`
  return { kind: 'fault', message }
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length
}
