import { type LineIndex, lineIndex, tabColumnsOf } from './line-index.ts'
import type { FileId, SourceFile } from './source-file.ts'

/** All source files of one run by id. Files are only ever added. */
export class FileTable {
  readonly #files: SourceFile[] = []
  readonly #lines = new Map<FileId, LineIndex>()

  /** Takes a file in and gives it the next id. */
  add(name: string, text: string): SourceFile {
    const file: SourceFile = { id: this.#files.length as FileId, name, text }
    this.#files.push(file)
    return file
  }

  get(id: FileId): SourceFile | undefined {
    return this.#files[id]
  }

  /** Line positions of a file, computed once; an unknown file counts as empty. */
  lines(id: FileId): LineIndex {
    let index = this.#lines.get(id)
    if (index === undefined) {
      const file = this.get(id)
      index = lineIndex(file?.text ?? '', tabColumnsOf(file?.name ?? ''))
      this.#lines.set(id, index)
    }
    return index
  }

  /** In the order they were added. */
  all(): readonly SourceFile[] {
    return this.#files
  }
}
