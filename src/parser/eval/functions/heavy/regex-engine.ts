import { RE2JS } from 're2js'

/** A compiled regular expression. */
export type RegexEngine = RE2JS

/** Compiles a pattern in RE2 syntax; throws the package's own errors. */
export function compileRegex(source: string): RegexEngine {
  return RE2JS.compile(source)
}
