import type { FsStat } from './types.ts'

/** The sending side's view of a tree: it can be listed once, and its files can be read. */
export interface TreeSource {
  /**
   * The next entries in the order of spec buildkit 6.4, as many as a few milliseconds of work give (maybe none).
   * Undefined: everything has been listed. Throws `BuildFailure` (`io`).
   */
  next(): readonly FsStat[] | undefined
  /** Opens a listed file. Undefined when it has gone or may not be read. */
  open(path: string): OpenFile | undefined
}

/** A file being read from its beginning. Throws `BuildFailure` (`io`) when reading fails midway. */
export interface OpenFile {
  /** Fills the start of `into` and returns how many bytes there are; 0 at the end. */
  readSync(into: Uint8Array): number
  read(into: Uint8Array): Promise<number>
  close(): void
}
