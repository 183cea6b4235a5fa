/** Identifies a source file within one run; assigned in reading order from 0. */
export type FileId = number & { readonly __brand: 'FileId' }

/** A text a user wrote: a bake definition, a Compose file, a Dockerfile, or a flag value. */
export interface SourceFile {
  readonly id: FileId
  /** As the user named it (`docker-bake.hcl`, `-`, a URL); shown in diagnostics. */
  readonly name: string
  readonly text: string
}

/** UTF-16 offsets into `SourceFile.text`; `end` is exclusive. */
export interface Span {
  readonly file: FileId
  readonly start: number
  readonly end: number
}

/** Builds a span; `end` may equal `start` for a zero-width position. */
export function spanOf(file: FileId, start: number, end: number): Span {
  return { file, start, end }
}

/** The smallest span that covers both; both must lie in one file. */
export function joinSpans(a: Span, b: Span): Span {
  return { file: a.file, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}
