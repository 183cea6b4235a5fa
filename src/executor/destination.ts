import * as fs from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BuildFailure } from '../core/failure.ts'
import { ignoreMissing, outputFailure } from './output-failure.ts'

/**
 * Checks that a directory exists or can be made, and can be written to; leaves nothing behind. Answers the
 * deepest directory that exists. Node's recursive mkdir never returns where a kernel file system refuses
 * new names, so this asks first.
 */
export async function probeDirectory(dir: string): Promise<string> {
  let existing = dir
  let missing: string | undefined
  for (;;) {
    const stat = await fs.stat(existing).catch(ignoreMissing)
    if (stat?.isDirectory()) break
    if (stat) {
      throw new BuildFailure('io', `destination directory ${existing} is a file`, {
        code: 'DEST_NOT_DIRECTORY',
      })
    }
    if (dirname(existing) === existing) break
    missing = existing
    existing = dirname(existing)
  }
  try {
    await fs.access(existing, fs.constants.W_OK)
    if (missing !== undefined) {
      await fs.mkdir(missing)
      await fs.rmdir(missing)
    }
  } catch (error) {
    throw outputFailure(dir, error)
  }
  return existing
}

/** Checks that a file can be written where it is wanted. */
export async function probeFile(path: string): Promise<void> {
  const stat = await fs.stat(path).catch(ignoreMissing)
  if (stat?.isDirectory()) {
    throw new BuildFailure('io', `destination file ${path} is a directory`, { code: 'DEST_NOT_FILE' })
  }
  await probeDirectory(dirname(path))
}

/** Removes empty directories from `dir` upwards, up to but without `stop`. */
export async function removeEmptyDirs(dir: string, stop: string): Promise<void> {
  for (let at = dir; at !== stop && at.length > stop.length; at = join(at, '..')) {
    const removed = await fs.rmdir(at).then(
      () => true,
      () => false,
    )
    if (!removed) return
  }
}
