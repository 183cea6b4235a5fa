import type { Attrs } from '../planner/plan.ts'

/** What a node's daemon and driver can do, asked by name (spec buildkit 3.3, 7.6, 7.7). */
export type Feature =
  | 'oci-exporter'
  | 'docker-exporter'
  | 'cache-export'
  | 'multi-platform'
  | 'direct-push'
  | 'prefer-image-digest'
  | 'default-load'
  /** The `image` exporter writes into the engine's own image store (docker driver). */
  | 'engine-store'

/** The answers of one node. Sorted sets; plain data. */
export interface NodeCapabilities {
  readonly driver: string
  readonly features: ReadonlySet<Feature>
  /** Enabled LLB capabilities, e.g. `exporter.multiple`. */
  readonly llbCaps: ReadonlySet<string>
  readonly gatewayCaps: ReadonlySet<string>
  /** Platforms of the worker, normalised. */
  readonly platforms: readonly string[]
  readonly workerLabels: Readonly<Record<string, string>>
}

/** Where the bytes of an output go on the client. */
export type Sink =
  | { readonly kind: 'dir'; readonly path: string; readonly mode?: 'copy' | 'delete' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdout' }
  /** `docker load` into the engine of a docker context (absent = the current one). */
  | { readonly kind: 'load'; readonly context?: string }
  /** OCI layout directory (`tar=false`). */
  | { readonly kind: 'layout'; readonly path: string }

/** One exporter of a solve; the index in the list is its id for file sending. */
export interface ExporterRequest {
  readonly type: string
  readonly attrs: Attrs
  readonly sink?: Sink
}

export interface CacheRequest {
  readonly type: string
  readonly attrs: Attrs
}

/** A directory the daemon may read by name through file sync. */
export interface LocalMount {
  /** `context`, `dockerfile`, or a named context's mount name. */
  readonly name: string
  /** Absolute path on the client. */
  readonly dir: string
}

/** A directory of blobs the daemon reads or writes through the session's content store (spec buildkit 5.8). */
export interface ContentStore {
  /** `oci:<id>` of a named context, `local:<path as given>` of a cache, `export` of an unpacked image. */
  readonly id: string
  /** Absolute path of the OCI layout on the client. */
  readonly dir: string
  readonly mode: 'read' | 'write'
}

export interface SecretSource {
  readonly id: string
  /** Absolute or cwd-relative path; mutually exclusive with `env`. */
  readonly file?: string
  readonly env?: string
}
export interface SshAgentSource {
  readonly id: string
  /** Empty: the agent of SSH_AUTH_SOCK. A single socket, or key files. */
  readonly paths: readonly string[]
}

/** A named context that takes another target's result (spec buildkit 10.1). */
export interface TargetLink {
  /** Context name as the frontend gets it. */
  readonly name: string
  readonly target: string
}

/** A directory of an archive behind a URL that is given to the frontend as an input. */
export interface ArchiveContext {
  /** Name of the input: of a named context, `context` or `dockerfile`. */
  readonly name: string
  readonly url: string
  /** Relative to the archive's root. */
  readonly dir: string
}

/** What one node is asked to do for one target; still plain data, no ids, no sockets. */
export interface BuildRequest {
  readonly target: string
  /** Node index inside the builder. */
  readonly node: number
  readonly frontend: 'dockerfile.v0' | 'gateway.v0'
  readonly frontendAttrs: Attrs
  readonly exporters: readonly ExporterRequest[]
  readonly cacheImports: readonly CacheRequest[]
  readonly cacheExports: readonly CacheRequest[]
  readonly entitlements: readonly string[]
  readonly mounts: readonly LocalMount[]
  /** Dockerfile text sent from memory (inline): the mount `dockerfile` then serves just this file. */
  readonly inlineDockerfile?: { readonly name: string; readonly text: string }
  readonly links: readonly TargetLink[]
  /** Absent: none. */
  readonly archives?: readonly ArchiveContext[]
  readonly stores: readonly ContentStore[]
  readonly secrets: readonly SecretSource[]
  readonly ssh: readonly SshAgentSource[]
  /** Session shared key basis: absolute local context dir, empty when the context is not local. */
  readonly sharedKeyDir: string
  /** Subrequest (`outline`, `targets`, `lint`), absent for a build. */
  readonly call?: string
  readonly linkedOnly: boolean
  /** Tags the classic engine must push itself after the build (no direct push). */
  readonly enginePush: readonly string[]
  /** Keys to delete from the exporter response (spec buildkit 8.3). */
  readonly dropResponseKeys: readonly string[]
}

export type { Attrs }
