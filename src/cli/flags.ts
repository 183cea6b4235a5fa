/** How the text of a flag is read (spec cli 1). */
export type FlagKind = 'bool' | 'string' | 'array' | 'slice'

/** One row of a command's flag table: parsing, help, completion and the reference read it. */
export interface FlagRow {
  readonly long: string
  readonly short?: string
  readonly kind: FlagKind
  /** Name of the value in help, e.g. `FILE`. */
  readonly value?: string
  readonly doc: string
  /** Shown in help as the default; the command decides what absence means. */
  readonly default?: string
  /** Value taken when the flag stands alone without `=`; only for string flags that may. */
  readonly bare?: string
  /** Accepted values where the list is closed; help prints them inline. */
  readonly values?: readonly string[]
  /** Accepted, absent from help. */
  readonly hidden?: boolean
  /** Message printed after the reference's wording when the flag is used. */
  readonly deprecated?: string
  /** In the first block of the help text. */
  readonly common?: boolean
}

/** What a command line said. */
export interface ParsedFlags {
  /** Last value of string flags; only flags that were given. */
  readonly strings: ReadonlyMap<string, string>
  readonly bools: ReadonlyMap<string, boolean>
  /** Every value in order; slices are comma-split. */
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly positionals: readonly string[]
  /** Long names in the order given. */
  readonly given: readonly string[]
}

export type FlagResult =
  | { readonly ok: true; readonly value: ParsedFlags }
  | { readonly ok: false; readonly message: string; readonly unknown?: string }

interface Draft {
  readonly strings: Map<string, string>
  readonly bools: Map<string, boolean>
  readonly lists: Map<string, string[]>
  readonly positionals: string[]
  readonly given: string[]
}

const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])

/**
 * Reads flags the way pflag does: `--k v`, `--k=v`, `-k v`, `-kv`, bundled short booleans, `--` ends
 * flags, positionals may interleave. Messages are the reference's (spec cli 1.2).
 */
export function parseFlags(args: readonly string[], rows: readonly FlagRow[]): FlagResult {
  const draft: Draft = { strings: new Map(), bools: new Map(), lists: new Map(), positionals: [], given: [] }
  const byLong = new Map(rows.map((row) => [row.long, row]))
  const byShort = new Map(rows.flatMap((row) => (row.short === undefined ? [] : [[row.short, row] as const])))
  let at = 0
  while (at < args.length) {
    const arg = args[at] as string
    at++
    if (arg === '--') {
      draft.positionals.push(...args.slice(at))
      break
    }
    if (arg.startsWith('--')) {
      const step = readLong(arg.slice(2), args[at], byLong, draft)
      if (typeof step !== 'number') return step
      at += step
    } else if (arg.startsWith('-') && arg.length > 1) {
      const step = readShorts(arg.slice(1), args[at], byShort, draft)
      if (typeof step !== 'number') return step
      at += step
    } else {
      draft.positionals.push(arg)
    }
  }
  return { ok: true, value: draft }
}

function readLong(
  text: string,
  next: string | undefined,
  byLong: ReadonlyMap<string, FlagRow>,
  draft: Draft,
): number | FlagResult {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  if (name === '' || name.startsWith('-')) return { ok: false, message: `bad flag syntax: --${text}` }
  const row = byLong.get(name)
  if (row === undefined) return { ok: false, message: `unknown flag: --${name}`, unknown: name }
  if (equals >= 0) return store(row, text.slice(equals + 1), `--${name}`, draft) ?? 0
  if (row.kind === 'bool') return store(row, 'true', `--${name}`, draft) ?? 0
  if (row.bare !== undefined) return store(row, row.bare, `--${name}`, draft) ?? 0
  if (next === undefined) return { ok: false, message: `flag needs an argument: --${name}` }
  return store(row, next, `--${name}`, draft) ?? 1
}

function readShorts(
  letters: string,
  next: string | undefined,
  byShort: ReadonlyMap<string, FlagRow>,
  draft: Draft,
): number | FlagResult {
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] as string
    const row = byShort.get(letter)
    if (row === undefined) {
      return { ok: false, message: `unknown shorthand flag: '${letter}' in -${letters}`, unknown: letter }
    }
    const shown = `-${letter}, --${row.long}`
    const rest = letters.slice(i + 1)
    if (row.kind === 'bool') {
      if (rest.startsWith('=')) return store(row, rest.slice(1), shown, draft) ?? 0
      const problem = store(row, 'true', shown, draft)
      if (problem !== undefined) return problem
      continue
    }
    if (rest !== '') return store(row, rest.startsWith('=') ? rest.slice(1) : rest, shown, draft) ?? 0
    if (next === undefined)
      return { ok: false, message: `flag needs an argument: '${letter}' in -${letters}` }
    return store(row, next, shown, draft) ?? 1
  }
  return 0
}

/** Undefined when stored; a problem otherwise. */
function store(row: FlagRow, text: string, shown: string, draft: Draft): FlagResult | undefined {
  draft.given.push(row.long)
  if (row.kind === 'bool') {
    if (!TRUE.has(text) && !FALSE.has(text)) {
      return {
        ok: false,
        message: `invalid argument ${JSON.stringify(text)} for "${shown}" flag: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`,
      }
    }
    draft.bools.set(row.long, TRUE.has(text))
    return undefined
  }
  if (row.kind === 'string') {
    draft.strings.set(row.long, text)
    return undefined
  }
  const list = draft.lists.get(row.long) ?? []
  if (row.kind === 'slice') list.push(...text.split(','))
  else list.push(text)
  draft.lists.set(row.long, list)
  return undefined
}
