import type { Diagnostic } from '../../../src/core/diag/diagnostic.ts'
import type { FileId, SourceFile } from '../../../src/core/source/source-file.ts'
import { parseHcl } from '../../../src/parser/hcl/parse.ts'
import { placeText } from '../../../src/parser/place-text.ts'

/** A file without a name, so that places in messages are only `:L,C-C`. */
export function sourceOf(text: string): SourceFile {
  return { id: 0 as FileId, name: '', text }
}

/** `L,C-C: Summary; Detail` for each diagnostic. */
export function lines(file: SourceFile, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((d) => {
    const place = d.subject === undefined ? '' : placeText(file, d.subject).slice(file.name.length + 1)
    return `${place}: ${d.summary}; ${d.detail ?? ''}`
  })
}

/** The first thing wrong with a file, with ` (+n)` for the others; `fine` without any. */
export function firstProblem(text: string): string {
  const file = sourceOf(text)
  const [first, ...others] = lines(file, parseHcl(file).diagnostics)
  if (first === undefined) return 'fine'
  return others.length === 0 ? first : `${first} (+${others.length})`
}
