import { createHash } from 'node:crypto'
import type { StatusUpdate } from '../core/event/event.ts'

/**
 * Tells the export steps of targets apart. The daemon makes the digest of such a step from the session and the
 * exporter's words; targets that share a session would all show as one step.
 */
export class OwnExports {
  readonly #target: string
  readonly #digests = new Map<string, string>()

  constructor(target: string) {
    this.#target = target
  }

  /** The update with the digests of export steps made the target's own. */
  apply(update: StatusUpdate): StatusUpdate {
    for (const vertex of update.vertexes) {
      if (vertex.inputs.length === 0 && vertex.name.startsWith('exporting ')) this.#learn(vertex.digest)
    }
    if (this.#digests.size === 0) return update
    const own = (digest: string): string => this.#digests.get(digest) ?? digest
    return {
      vertexes: update.vertexes.map((one) => ({ ...one, digest: own(one.digest) })),
      statuses: update.statuses.map((one) => ({ ...one, vertex: own(one.vertex) })),
      logs: update.logs.map((one) => ({ ...one, vertex: own(one.vertex) })),
      warnings: update.warnings.map((one) => ({ ...one, vertex: own(one.vertex) })),
    }
  }

  #learn(digest: string): void {
    if (this.#digests.has(digest)) return
    const hash = createHash('sha256').update(`${digest}\0${this.#target}`).digest('hex')
    this.#digests.set(digest, `sha256:${hash}`)
  }
}
