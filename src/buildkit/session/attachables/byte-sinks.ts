import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { BuildFailure } from '../../../core/failure.ts'

const DIR_MODE = 0o755

/**
 * Writes a file that appears under its name only when it is complete: a failed build leaves an older result
 * alone. Parent directories are made. No bytes, no file. Fails with an `io` failure.
 */
export async function writeFileWhole(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.partial`)
  let file: FileHandle | undefined
  try {
    for await (const chunk of bytes) {
      file ??= await create(partial)
      await file.writeFile(chunk)
    }
    signal.throwIfAborted()
    if (file === undefined) return
    await file.close()
    await rename(partial, path)
    file = undefined
  } catch (error) {
    throw isSystemError(error)
      ? new BuildFailure('io', `cannot write ${path}: ${error.message}`, ioParts(error))
      : error
  } finally {
    await file?.close().catch(() => {})
    // The failure that led here matters more than one of cleaning up.
    await rm(partial, { force: true }).catch(() => {})
  }
}

/** Writes all bytes with back-pressure and leaves the stream open. */
export async function writeToStream(
  target: Writable,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  for await (const chunk of bytes) {
    if (!target.write(chunk)) await once(target, 'drain', { signal })
  }
}

async function create(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: DIR_MODE })
  return await open(path, 'wx', 0o666)
}

interface SystemError extends Error {
  readonly code: string
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function ioParts(error: SystemError): { code: string; cause: unknown } {
  return { code: error.code, cause: error }
}
