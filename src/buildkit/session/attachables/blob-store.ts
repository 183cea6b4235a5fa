import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CallError, Code } from '../call-error.ts'

const DIGEST = /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/
const DIR_MODE = 0o755
const HASH_READ_BYTES = 1024 * 1024

export interface BlobInfo {
  readonly digest: string
  readonly sizeBytes: number
  readonly modifiedMs: number
}

/** The blobs of an OCI layout directory: `blobs/<algorithm>/<hex>`, unfinished ones in `ingest/`. */
export class BlobStore {
  readonly #dir: string
  readonly #access: 'read' | 'read-write'
  readonly #writing = new Set<string>()

  constructor(dir: string, access: 'read' | 'read-write') {
    this.#dir = dir
    this.#access = access
  }

  async has(digest: string): Promise<boolean> {
    return (await statOrNothing(this.#pathOf(digest))) !== undefined
  }

  async info(digest: string): Promise<BlobInfo> {
    const found = await statOrNothing(this.#pathOf(digest))
    if (found === undefined) throw notFound(digest)
    return { digest, sizeBytes: found.size, modifiedMs: found.mtimeMs }
  }

  /** Pieces of a blob; `size` 0 reads to the end. Each piece is a buffer of its own. */
  async *read(
    digest: string,
    range: { readonly offset: number; readonly size: number },
    pieceBytes: number,
  ): AsyncGenerator<Uint8Array> {
    const { sizeBytes } = await this.info(digest)
    if (range.offset > sizeBytes) throw new CallError(Code.outOfRange, `read past the end of ${digest}`)
    const end = range.size === 0 ? sizeBytes : Math.min(sizeBytes, range.offset + range.size)
    const file = await open(this.#pathOf(digest))
    try {
      for (let at = range.offset; at < end; ) {
        const piece = Buffer.allocUnsafe(Math.min(pieceBytes, end - at))
        const { bytesRead } = await file.read(piece, 0, piece.length, at)
        if (bytesRead === 0) return
        yield piece.subarray(0, bytesRead)
        at += bytesRead
      }
    } finally {
      await file.close()
    }
  }

  /** Opens the unfinished blob `ref`, or begins it. One writer at a time. */
  async begin(ref: string): Promise<PartialBlob> {
    if (this.#access === 'read') throw new CallError(Code.permissionDenied, 'content store is read-only')
    if (this.#writing.has(ref)) throw new CallError(Code.unavailable, `ref ${ref} is being written already`)
    this.#writing.add(ref)
    const path = this.#partialPath(ref)
    try {
      await mkdir(dirname(path), { recursive: true, mode: DIR_MODE })
      const file = await open(path, 'a+', 0o644)
      return await PartialBlob.resume(
        file,
        path,
        (digest) => this.#pathOf(digest),
        () => this.#writing.delete(ref),
      )
    } catch (error) {
      this.#writing.delete(ref)
      throw error
    }
  }

  /** Bytes of an unfinished blob so far. */
  async partialSize(ref: string): Promise<number | undefined> {
    return (await statOrNothing(this.#partialPath(ref)))?.size
  }

  async abort(ref: string): Promise<void> {
    await rm(this.#partialPath(ref), { force: true })
  }

  /** Removes what was begun and never finished by anyone. */
  async close(): Promise<void> {
    if (this.#access === 'read') return
    await rm(join(this.#dir, 'ingest'), { recursive: true, force: true })
  }

  #pathOf(digest: string): string {
    if (!DIGEST.test(digest)) throw new CallError(Code.invalidArgument, `invalid digest "${digest}"`)
    const [algorithm, hex] = digest.split(':') as [string, string]
    return join(this.#dir, 'blobs', algorithm, hex)
  }

  #partialPath(ref: string): string {
    // A ref is any text; its hash is a safe file name.
    return join(this.#dir, 'ingest', createHash('sha256').update(ref).digest('hex'))
  }
}

/** A blob on its way. */
export class PartialBlob {
  readonly #file: FileHandle
  readonly #path: string
  readonly #pathOf: (digest: string) => string
  readonly #release: () => void
  #hash: Hash
  #size: number
  #closed = false

  private constructor(
    file: FileHandle,
    path: string,
    pathOf: (digest: string) => string,
    release: () => void,
  ) {
    this.#file = file
    this.#path = path
    this.#pathOf = pathOf
    this.#release = release
    this.#hash = createHash('sha256')
    this.#size = 0
  }

  static async resume(
    file: FileHandle,
    path: string,
    pathOf: (digest: string) => string,
    release: () => void,
  ): Promise<PartialBlob> {
    const blob = new PartialBlob(file, path, pathOf, release)
    await blob.#rehash((await file.stat()).size)
    return blob
  }

  get sizeBytes(): number {
    return this.#size
  }

  async write(offset: number, data: Uint8Array): Promise<void> {
    if (offset > this.#size)
      throw new CallError(Code.outOfRange, `write at ${offset} is past the end ${this.#size}`)
    if (offset < this.#size) {
      await this.#file.truncate(offset)
      await this.#rehash(offset)
    }
    await this.#file.writeFile(data)
    this.#hash.update(data)
    this.#size += data.length
  }

  /** Checks size (0: any) and digest ('': any), and puts the blob in its place. Returns its digest. */
  async commit(want: { readonly expected: string; readonly sizeBytes: number }): Promise<string> {
    if (want.sizeBytes > 0 && want.sizeBytes !== this.#size) {
      throw new CallError(
        Code.failedPrecondition,
        `unexpected commit size ${this.#size}, expected ${want.sizeBytes}`,
      )
    }
    const digest = `sha256:${this.#hash.copy().digest('hex')}`
    if (want.expected !== '' && want.expected !== digest) {
      throw new CallError(
        Code.failedPrecondition,
        `unexpected commit digest ${digest}, expected ${want.expected}`,
      )
    }
    const path = this.#pathOf(digest)
    await mkdir(dirname(path), { recursive: true, mode: DIR_MODE })
    // Windows does not rename open files.
    await this.close()
    await rename(this.#path, path)
    return digest
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#release()
    await this.#file.close()
  }

  async #rehash(end: number): Promise<void> {
    this.#hash = createHash('sha256')
    this.#size = end
    const piece = Buffer.allocUnsafe(Math.min(HASH_READ_BYTES, Math.max(end, 1)))
    for (let at = 0; at < end; ) {
      const { bytesRead } = await this.#file.read(piece, 0, Math.min(piece.length, end - at), at)
      if (bytesRead === 0) break
      this.#hash.update(piece.subarray(0, bytesRead))
      at += bytesRead
    }
  }
}

async function statOrNothing(path: string): Promise<{ size: number; mtimeMs: number } | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function notFound(digest: string): CallError {
  return new CallError(Code.notFound, `content ${digest} not found`)
}
