import { quote } from './quote.ts'

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((word) => [word, false] as const),
])

/** Go's strconv.ParseBool: twelve spellings, undefined for everything else. */
export function parseBool(text: string): boolean | undefined {
  return WORDS.get(text)
}

/** The message Go gives when `parseBool` is undefined. */
export function boolError(text: string): string {
  return `strconv.ParseBool: parsing ${quote(text)}: invalid syntax`
}
