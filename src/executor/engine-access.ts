/** What the executor needs of a Docker Engine; the docker room provides it. */
export interface EngineAccess {
  /** Whether images live in containerd, so that lists and attestations can be loaded. */
  usesContainerdStore(signal: AbortSignal): Promise<boolean>
  /**
   * `POST /images/load`. Yields the engine's progress; ends when the engine has read everything. Fails with a
   * `BuildFailure` when the answer holds an error.
   */
  load(archive: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<EngineProgress>
  /** `POST /images/<name>/push` with the user's login. Fails with a `BuildFailure` when the registry refuses. */
  push(name: string, signal: AbortSignal): AsyncIterable<EngineProgress>
  /** Digest of a pushed name at its registry, as the engine sees it; undefined when it cannot tell. */
  remoteDigest(name: string, signal: AbortSignal): Promise<string | undefined>
}

/** One line of the engine's answer. */
export interface EngineProgress {
  /** Layer id; empty for lines about the whole. */
  readonly id: string
  readonly status: string
  readonly current: number
  readonly total: number
}
