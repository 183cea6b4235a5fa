import type { Code, Diagnostic } from '../../core/diag/diagnostic.ts'
import { problem } from '../problem.ts'
import { placeToken, type TokenSource } from './cursor.ts'
import { K, type TokenKind } from './tokens.ts'

/** Nobody reads more; a binary file would make one for every other byte. */
const MAX_REPORTED = 1000

/** How a kind of wrong token is reported. */
interface BadToken {
  readonly code: Code
  readonly summary: string
  readonly detail: string
  /** Tokens that share a `tally` are counted together. */
  readonly tally: string
  /** Whether the `n`th one (from 0) is reported. */
  reports(n: number): boolean
}

const first = (n: number): boolean => n === 0
const firstFew = (n: number): boolean => n < 4
const always = (): boolean => true
/** Quotes come in pairs: the opening ones only, and no more than two. */
const openingOnes = (n: number): boolean => n === 0 || n === 2

const BITWISE = {
  code: 'hcl/unsupported-operator',
  summary: 'Unsupported operator',
  tally: 'bitwise',
} as const
const CHARACTER = { code: 'hcl/invalid-character', summary: 'Invalid character' } as const

const BAD_TOKENS: ReadonlyMap<TokenKind, BadToken> = new Map<TokenKind, BadToken>([
  [K.BitwiseAnd, { ...BITWISE, detail: bitwise('AND', '&&'), reports: firstFew }],
  [K.BitwiseOr, { ...BITWISE, detail: bitwise('OR', '||'), reports: firstFew }],
  [K.BitwiseNot, { ...BITWISE, detail: bitwise('NOT', '!'), reports: firstFew }],
  [K.BitwiseXor, { ...BITWISE, detail: 'Bitwise operators are not supported.', reports: firstFew }],
  [
    K.Backtick,
    {
      ...CHARACTER,
      detail:
        'The "`" character is not valid. To create a multi-line string, use the "heredoc" syntax, like "<<EOT".',
      tally: 'backtick',
      reports: openingOnes,
    },
  ],
  [
    K.Apostrophe,
    {
      ...CHARACTER,
      detail: 'Single quotes are not valid. Use double quotes (") to enclose strings.',
      tally: 'apostrophe',
      reports: openingOnes,
    },
  ],
  [
    K.Semicolon,
    {
      ...CHARACTER,
      detail:
        'The ";" character is not valid. Use newlines to separate arguments and blocks, and commas to separate items in collection values.',
      tally: 'semicolon',
      reports: first,
    },
  ],
  [
    K.BadEncoding,
    {
      code: 'hcl/invalid-encoding',
      summary: 'Invalid character encoding',
      detail: 'All input files must be UTF-8 encoded. Ensure that UTF-8 encoding is selected in your editor.',
      tally: 'encoding',
      reports: first,
    },
  ],
  [
    K.QuotedNewline,
    {
      code: 'hcl/multi-line-string',
      summary: 'Invalid multi-line string',
      detail:
        'Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax.',
      tally: 'newline',
      reports: always,
    },
  ],
  [
    K.Invalid,
    {
      ...CHARACTER,
      detail: 'This character is not used within the language.',
      tally: 'invalid',
      reports: always,
    },
  ],
])
const CURLY_QUOTES =
  '"Curly quotes" are not valid here. These can sometimes be inadvertently introduced when sharing code via documents or discussion forums. It might help to replace the character with a "straight quote".'

function bitwise(name: string, logical: string): string {
  return `Bitwise operators are not supported. Did you mean boolean ${name} ("${logical}")?`
}

/** Reports characters the language does not use; often repeated ones only a few times. */
export function checkTokens(source: TokenSource): Diagnostic[] {
  const found: Diagnostic[] = []
  const tallies = new Map<string, number>()
  const { tokens } = source
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kinds[i] as TokenKind
    const bad = kind < K.BitwiseAnd ? undefined : BAD_TOKENS.get(kind)
    if (bad === undefined) continue
    const n = tallies.get(bad.tally) ?? 0
    tallies.set(bad.tally, n + 1)
    if (!bad.reports(n) || found.length >= MAX_REPORTED) continue
    const text = source.text.slice(tokens.starts[i], tokens.ends[i])
    const curly = kind === K.Invalid && (text === '“' || text === '”')
    found.push(problem(bad.code, bad.summary, curly ? CURLY_QUOTES : bad.detail, placeToken(source, i)))
  }
  return found
}
