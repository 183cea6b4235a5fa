import { isStatusFailure } from '../../buildkit/wire/errors.ts'
import type { GatewayClient } from '../../buildkit/wire/gateway-client.ts'
import type { GatewayRef, ResultEntry } from '../../buildkit/wire/types.ts'
import { BuildFailure } from '../../core/failure.ts'
import { DEFAULT_FILES, MAX_FILE_BYTES } from '../files.ts'

/** A file read from a fetched tree. */
export interface RemoteFile {
  readonly name: string
  readonly data: Uint8Array
}

/** A fetched tree or file that is read part by part. */
export interface FetchedTree {
  readonly gateway: GatewayClient
  readonly ref: GatewayRef
  readonly signal: AbortSignal
}

// Below the largest message of the connection.
const PART_BYTES = 4 * 1024 * 1024

/**
 * The named files, in that order; without names those of the default names that are there (spec bake
 * 11.2). Fails with the daemon's words when a named one is missing.
 */
export async function treeFiles(tree: FetchedTree, names: readonly string[]): Promise<readonly RemoteFile[]> {
  const files: RemoteFile[] = []
  for (const name of names.length === 0 ? DEFAULT_FILES : names) {
    const entry = await entryOf(tree, name, names.length > 0)
    if (entry !== undefined) files.push({ name, data: await wholeFile(tree, name, entry.sizeBytes) })
  }
  return files
}

async function entryOf(tree: FetchedTree, name: string, needed: boolean): Promise<ResultEntry | undefined> {
  try {
    return await tree.gateway.statFile(tree.ref, name, tree.signal)
  } catch (error) {
    if (needed || !isStatusFailure(error) || !/no such file or directory/.test(error.message)) throw error
    return undefined
  }
}

/** The bytes of a file whose size is known. */
export async function wholeFile(
  { gateway, ref, signal }: FetchedTree,
  name: string,
  sizeBytes: number,
): Promise<Uint8Array> {
  if (sizeBytes > MAX_FILE_BYTES) {
    throw new BuildFailure('io', `${name} is ${sizeBytes} bytes; definitions may have ${MAX_FILE_BYTES}`, {
      code: 'TOO_BIG',
    })
  }
  if (sizeBytes <= PART_BYTES) return await gateway.readFile(ref, name, signal)
  const all = new Uint8Array(sizeBytes)
  for (let offset = 0; offset < sizeBytes; offset += PART_BYTES) {
    const length = Math.min(PART_BYTES, sizeBytes - offset)
    all.set(await gateway.readFilePart(ref, name, { offset, length }, signal), offset)
  }
  return all
}
