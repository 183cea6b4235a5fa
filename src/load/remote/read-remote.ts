import type { Builder } from '../../builder/builder.ts'
import { secrets } from '../../buildkit/session/attachables/secrets.ts'
import { ssh } from '../../buildkit/session/attachables/ssh.ts'
import { isStatusFailure } from '../../buildkit/wire/errors.ts'
import type { GatewayClient } from '../../buildkit/wire/gateway-client.ts'
import { archiveDefinition, HTTP_FILE, sourceDefinition } from '../../buildkit/wire/source-definition.ts'
import type { Definition, GatewayRef } from '../../buildkit/wire/types.ts'
import { type Checked, checked, type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import type { StatusUpdate } from '../../core/event/event.ts'
import { BuildFailure, isBuildFailure } from '../../core/failure.ts'
import type { FileTable } from '../../core/source/file-table.ts'
import type { Host } from '../../host/host.ts'
import type { DefinitionFile } from '../files.ts'
import { HEADER_BYTES, isArchive } from './archive.ts'
import { leadFetch } from './fetch-session.ts'
import { type GitAuth, gitAuth, gitSecrets, gitSsh } from './git-auth.ts'
import { cannotFetch, tooBigToLoad } from './remote-problem.ts'
import { type RemoteSource, remoteSource } from './remote-source.ts'
import { type FetchedTree, type RemoteFile, treeFiles, wholeFile } from './tree-files.ts'

/** A definition that is not on this machine. */
export interface RemoteRead {
  readonly files: readonly DefinitionFile[]
  /** Where relative contexts of the definition are; absent when they are on this machine (spec bake 11.2). */
  readonly treeUrl?: string
  /** Secrets for the builds of targets on the same git host. */
  readonly gitAuth?: GitAuth
  /** Whether the definition was fetched over ssh, which targets then need too. */
  readonly ssh: boolean
}

/** What to read and through what. */
export interface RemoteInput {
  readonly url: string
  /** As named with `-f`, without those of this machine; empty for the default names. */
  readonly names: readonly string[]
  readonly builder: Builder
  readonly table: FileTable
  readonly host: Host
  readonly report: (update: StatusUpdate) => void
}

/** Largest single file behind a URL (spec bake 11.2). */
export const MAX_DOWNLOAD_BYTES: number = 2 * 1024 * 1024

/**
 * Fetches a definition through the builder: a git repository, an archive, or one file (spec bake 11). A
 * repository or archive may hold none of the default names; then there are no files.
 * Rejects with a `BuildFailure` when the builder cannot be reached or the run is stopped.
 */
export async function readRemote(input: RemoteInput): Promise<Checked<RemoteRead>> {
  const { url, host } = input
  const source = remoteSource(url)
  if (hasErrors(source.diagnostics)) return checked(NOTHING, source.diagnostics)
  const access = accessOf(source.value, host)
  const attachables = [secrets(gitSecrets(access.gitAuth), host), ssh(access.sshSources, host)]
  const { builder, report, names } = input
  let fetched: Fetched
  try {
    fetched = await leadFetch({ builder, attachables, host, report }, (gateway, signal) =>
      source.value.kind === 'git'
        ? readGit(source.value, names, gateway, signal)
        : readHttp(source.value, names, gateway, signal),
    )
  } catch (error) {
    return checked(NOTHING, [problemOf(error, source.value, names)])
  }
  const read: RemoteRead = {
    files: fetched.files.map((one) => toDefinition(one, input.table)),
    ...(fetched.isTree ? { treeUrl: url } : {}),
    ...(access.gitAuth === undefined ? {} : { gitAuth: access.gitAuth }),
    ssh: access.sshSources.length > 0,
  }
  return checked(read)
}

const NOTHING: RemoteRead = { files: [], ssh: false }

interface Fetched {
  readonly files: readonly RemoteFile[]
  /** Contexts lie beside the definition, not on this machine. */
  readonly isTree: boolean
}

function accessOf(
  source: RemoteSource,
  host: Host,
): { readonly gitAuth?: GitAuth; readonly sshSources: ReturnType<typeof gitSsh> } {
  if (source.kind === 'http') return { sshSources: [] }
  const auth = gitAuth(source.url, source.git.host, host.env)
  return {
    ...(auth === undefined ? {} : { gitAuth: auth }),
    sshSources: source.git.ssh ? gitSsh(host.env) : [],
  }
}

async function readGit(
  source: RemoteSource,
  names: readonly string[],
  gateway: GatewayClient,
  signal: AbortSignal,
): Promise<Fetched> {
  const tree = await solve(sourceDefinition(source.spec), gateway, signal)
  return { files: await treeFiles(tree, names), isTree: true }
}

async function readHttp(
  source: RemoteSource,
  names: readonly string[],
  gateway: GatewayClient,
  signal: AbortSignal,
): Promise<Fetched> {
  const download = await solve(sourceDefinition(source.spec), gateway, signal)
  const { ref } = download
  const header = await gateway.readFilePart(ref, HTTP_FILE, { offset: 0, length: HEADER_BYTES }, signal)
  if (isArchive(header)) {
    const tree = await solve(archiveDefinition(source.url, ''), gateway, signal)
    return { files: await treeFiles(tree, names), isTree: true }
  }
  const sizeBytes = (await gateway.statFile(ref, HTTP_FILE, signal))?.sizeBytes ?? 0
  if (sizeBytes > MAX_DOWNLOAD_BYTES) {
    throw new BuildFailure('io', 'non-archive definition URL bigger than maximum allowed size (2.097MB)', {
      code: 'TOO_BIG',
    })
  }
  const data = await wholeFile(download, HTTP_FILE, sizeBytes)
  return { files: [{ name: source.url, data }], isTree: false }
}

/** Fetches to the end, so that a failed fetch is not taken for a missing file. */
async function solve(
  definition: Definition,
  gateway: GatewayClient,
  signal: AbortSignal,
): Promise<FetchedTree> {
  const result = await gateway.solve({ frontend: '', frontendOpt: {}, definition }, signal)
  const ref: GatewayRef | undefined = result.refs.kind === 'single' ? result.refs.ref : undefined
  if (ref === undefined) throw new BuildFailure('solve', 'the builder answered without a result')
  await gateway.evaluate(ref, signal)
  return { gateway, ref, signal }
}

function problemOf(error: unknown, source: RemoteSource, names: readonly string[]): Diagnostic {
  if (isBuildFailure(error) && error.code === 'TOO_BIG') return tooBigToLoad(source.url, error.message)
  if (!isStatusFailure(error) || error.kind !== 'solve') throw error
  return cannotFetch(error.message, source, names)
}

function toDefinition({ name, data }: RemoteFile, table: FileTable): DefinitionFile {
  return { file: table.add(name, new TextDecoder().decode(data)), sizeBytes: data.byteLength }
}
