import * as fs from 'node:fs/promises'
import { join } from 'node:path'
import { probeDirectory, removeEmptyDirs } from './destination.ts'
import { ignoreMissing, outputFailure } from './output-failure.ts'

/**
 * A directory output that appears only when the build succeeded. Files arrive in a hidden directory
 * inside the destination, so that an ignore file that covers the destination covers them too, and
 * move up at the end.
 */
export class StagedDir {
  /** Where the files arrive; made by whoever writes first. */
  readonly path: string
  readonly #dest: string
  readonly #mode: 'copy' | 'delete'
  #existing = ''

  /** `unique` distinguishes runs; letters and digits. */
  constructor(dest: string, mode: 'copy' | 'delete', unique: string) {
    this.#dest = dest
    this.#mode = mode
    this.path = join(dest, `.bakekit-${unique}.partial`)
  }

  /** Refuses a destination that cannot become a writable directory; makes nothing. */
  async check(): Promise<void> {
    this.#existing = await probeDirectory(this.#dest)
  }

  /** Moves everything to its final place. */
  async commit(): Promise<void> {
    try {
      const arrived = await fs.readdir(this.path).catch(ignoreMissing)
      if (!arrived) return
      if (this.#mode === 'delete') await this.#removeOthers(new Set(arrived))
      for (const name of arrived) await this.#place(join(this.path, name), join(this.#dest, name))
      await fs.rm(this.path, { recursive: true, force: true })
    } catch (error) {
      throw outputFailure(this.#dest, error)
    }
  }

  /** Removes what arrived and the directories made for it. Does nothing after `commit`. */
  async discard(): Promise<void> {
    await fs.rm(this.path, { recursive: true, force: true }).catch(() => {})
    await removeEmptyDirs(this.#dest, this.#existing)
  }

  async #removeOthers(kept: ReadonlySet<string>): Promise<void> {
    for (const name of await fs.readdir(this.#dest)) {
      const path = join(this.#dest, name)
      if (!kept.has(name) && path !== this.path) await fs.rm(path, { recursive: true, force: true })
    }
  }

  async #place(from: string, to: string): Promise<void> {
    const [source, target] = [await fs.lstat(from), await fs.lstat(to).catch(ignoreMissing)]
    if (source.isDirectory() && target?.isDirectory()) {
      const arrived = await fs.readdir(from)
      if (this.#mode === 'delete') await removeExcept(to, new Set(arrived))
      for (const name of arrived) await this.#place(join(from, name), join(to, name))
      await fs.chmod(to, source.mode & 0o7777)
      await fs.utimes(to, source.atime, source.mtime)
      return
    }
    if (target && (source.isDirectory() || target.isDirectory()))
      await fs.rm(to, { recursive: true, force: true })
    await fs.rename(from, to)
  }
}

async function removeExcept(dir: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await fs.readdir(dir)) {
    if (!kept.has(name)) await fs.rm(join(dir, name), { recursive: true, force: true })
  }
}
