import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { BuildFailure } from '../core/failure.ts'
import { buildxConfigDir } from '../docker/config.ts'
import type { Host } from '../host/host.ts'

const DIR_MODE = 0o700
const FILE_MODE = 0o600
const LOCK_PATIENCE_MS = 20_000

/** A path below the folder of this machine's builder records (spec buildkit 15.1). */
export function storePath(host: Host, ...parts: readonly string[]): string {
  return join(buildxConfigDir(host), ...parts)
}

/** The text of a record; undefined when there is none. Throws `BuildFailure` (`io`) when it cannot be read. */
export async function readStoreFile(path: string, host: Host): Promise<string | undefined> {
  try {
    return Buffer.from(await host.readFile(path)).toString()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw storeFailure(path, error)
  }
}

/** Replaces a record at once: readers see the old text or the new one. Throws `BuildFailure` (`io`). */
export async function writeStoreFile(path: string, text: string, host: Host): Promise<void> {
  const temporary = join(dirname(path), `.tmp-${randomUUID()}`)
  try {
    await host.makeDir(dirname(path), DIR_MODE)
    await host.writeFile(temporary, text, FILE_MODE)
    await host.rename(temporary, path)
  } catch (error) {
    await host.remove(temporary).catch(() => {})
    throw storeFailure(path, error)
  }
}

/** Removes a record or a folder of records; one that is not there is no problem. */
export async function removeStoreFile(path: string, host: Host): Promise<void> {
  await host.remove(path).catch((error: unknown) => Promise.reject(storeFailure(path, error)))
}

/**
 * Runs `act` while no other program changes the records: the reference locks the same file in the same way. Where the
 * system has no `flock` program there is no lock, and each file still changes at once.
 */
export async function withStoreLock<T>(host: Host, act: () => Promise<T>): Promise<T> {
  const lock = await takeLock(host)
  try {
    return await act()
  } finally {
    lock?.end()
  }
}

async function takeLock(host: Host): Promise<Duplex | undefined> {
  if (host.platform !== 'linux') return undefined
  const path = storePath(host, '.lock')
  await host.makeDir(dirname(path), DIR_MODE).catch(() => {})
  if ((await host.stat(path)) === undefined) await host.writeFile(path, '', FILE_MODE).catch(() => {})
  // `cat` holds the lock until its input ends, which happens too when this process dies.
  const holder = await host.pipe('flock', ['--exclusive', path, 'cat']).catch(() => undefined)
  return holder === undefined ? undefined : waitForEcho(holder, path, host)
}

function waitForEcho(holder: Duplex, path: string, host: Host): Promise<Duplex | undefined> {
  return new Promise((resolve, reject) => {
    const give = (settle: () => void): void => {
      clearTimeout(timer)
      host.signal.removeEventListener('abort', onAbort)
      settle()
    }
    const onAbort = (): void => {
      holder.destroy()
      give(() => reject(host.signal.reason))
    }
    const timer = setTimeout(() => {
      holder.destroy()
      give(() => reject(locked(path)))
    }, LOCK_PATIENCE_MS)
    host.signal.addEventListener('abort', onAbort, { once: true })
    // A lock that cannot be had for another reason, such as a read-only disk, shows when the records are written.
    holder.on('error', () => give(() => resolve(undefined)))
    holder.once('end', () => give(() => resolve(undefined)))
    holder.once('data', () => give(() => resolve(holder)))
    holder.write('\n')
  })
}

function locked(path: string): BuildFailure {
  return new BuildFailure('io', `the builder records are in use by another program: ${path} is locked`, {
    code: 'STORE_LOCKED',
    hints: ['end the other docker buildx or bakekit command and try again'],
  })
}

function storeFailure(path: string, error: unknown): BuildFailure {
  return new BuildFailure('io', `cannot use the builder record ${path}: ${(error as Error).message}`, {
    code: 'STORE_IO',
    hints: ['check the rights of the folder, or choose another one with BUILDX_CONFIG'],
    cause: error,
  })
}
