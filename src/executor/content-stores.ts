import type { Attachable } from '../buildkit/session/attachable.ts'
import { BuildFailure } from '../core/failure.ts'
import type { ContentStore } from '../request/types.ts'

/** Serves the OCI layouts and cache directories of a request to the daemon (spec buildkit 5.8). */
export async function contentStores(stores: readonly ContentStore[]): Promise<readonly Attachable[]> {
  const names = stores.map((s) => s.id).join(', ')
  throw new BuildFailure('io', `content stores are not available: ${names}`)
}
