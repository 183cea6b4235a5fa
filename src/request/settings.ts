import { parseBool } from '../core/go/bool.ts'
import type { Attrs } from '../planner/plan.ts'

/** An OCI layout directory that serves a named context, its digest already read from `index.json`. */
export interface LayoutFact {
  /** Random id, unique in the run; the session serves the directory as `oci:<storeId>`. */
  readonly storeId: string
  readonly dir: string
  readonly tag?: string
  readonly digest: string
}

/** What the machine knows about one target; gathered before requests are made. */
export interface TargetFacts {
  /** `vcs:revision`, `vcs:source` and `label:*` attributes of the git repository around the local context. */
  readonly vcs?: Attrs
  /** Top directory of that repository; absent without git information. */
  readonly gitRoot?: string
  /** Base name of the Dockerfile on disk when only `dockerfile` in lower case exists. */
  readonly dockerfileName?: string
  /** Text of a Dockerfile that was named by URL. */
  readonly fetchedDockerfile?: string
  /** By context name. */
  readonly layouts?: ReadonlyMap<string, LayoutFact>
  /** Digests of local cache imports by `src`; an entry without one is dropped from the build. */
  readonly localCaches?: ReadonlyMap<string, string>
}

/** Everything request making takes besides the plan; plain values, so the stage stays pure. */
export interface RequestSettings {
  /** Absolute. */
  readonly cwd: string
  /** Platform of this machine, e.g. `linux/amd64`; `local` in a platform list means it. */
  readonly localPlatform: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, `FTP_PROXY`, `ALL_PROXY` from the docker config, upper case. */
  readonly proxies: Attrs
  readonly facts: ReadonlyMap<string, TargetFacts>
  /** The engine that takes `docker load` keeps images in containerd (multi-platform, attestations). */
  readonly loadIntoContainerd: boolean
  /** Secrets for git contexts on `host` when the definition came from there (spec bake 11.4). */
  readonly gitAuth?: {
    readonly host: string
    readonly secrets: readonly { readonly id: string; readonly env: string }[]
  }
}

/** A boolean of the environment as Go's ParseBool reads it; `undefined` for absent or unreadable. */
export function envBool(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : parseBool(value)
}
