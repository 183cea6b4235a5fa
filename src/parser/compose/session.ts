import type { SourceFile } from '../../core/source/source-file.ts'
import { readDocuments } from './documents.ts'
import type { ComposeInput, ReadText } from './input.ts'
import type { ComposeDocument } from './node.ts'
import { Wanted } from './stop.ts'
import { Warnings } from './warnings.ts'

/** The texts the reading may use, what was parsed of them, and the warnings so far. */
export class Session {
  readonly warnings: Warnings = new Warnings()
  readonly home: string | undefined
  private readonly texts: ComposeInput['texts']

  constructor(input: ComposeInput) {
    this.texts = input.texts
    this.home = input.env['HOME'] ?? input.env['USERPROFILE']
  }

  /** What is at a path; asks for it first when nobody has looked yet. */
  text(path: string): ReadText {
    const text = this.texts.get(path)
    if (text === undefined) throw new Wanted([path])
    return text
  }

  /** Asks for all of the paths that nobody has looked at yet, at once. */
  need(paths: Iterable<string>): void {
    const missing = [...new Set(paths)].filter((path) => !this.texts.has(path))
    if (missing.length > 0) throw new Wanted(missing)
  }

  documents(file: SourceFile, shownName: string): readonly ComposeDocument[] {
    const known = PARSED.get(file)
    if (known !== undefined) return known
    const documents = readDocuments(file, shownName)
    PARSED.set(file, documents)
    return documents
  }
}

/**
 * Reading starts over whenever more files turn out to be needed. The trees depend on nothing but the text,
 * so they are kept as long as the text is.
 */
const PARSED = new WeakMap<SourceFile, readonly ComposeDocument[]>()
