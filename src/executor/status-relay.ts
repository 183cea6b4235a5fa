import type { BuildEvent, StatusUpdate, Vertex } from '../core/event/event.ts'
import type { ClockShift } from './clock-shift.ts'

/** Which stream's logs count for a step that several targets share. */
export class LogOwners {
  readonly #owners = new Map<string, string>()

  /** The first stream that delivers a log of a step owns it. */
  owns(stream: string, vertex: string): boolean {
    const owner = this.#owners.get(vertex) ?? stream
    this.#owners.set(vertex, owner)
    return owner === stream
  }

  /** The stream ended; others may speak for its steps. */
  release(stream: string): void {
    for (const [vertex, owner] of this.#owners) if (owner === stream) this.#owners.delete(vertex)
  }
}

/** What turns the daemon's messages about one target into events of the run (spec buildkit 11.2). */
export interface RelayOptions {
  readonly target: string
  /** Id of the stream, unique in the run. */
  readonly stream: string
  readonly prefixed: boolean
  readonly clock: ClockShift
  readonly owners: LogOwners
  readonly report: (event: BuildEvent) => void
}

/** Forwards one target's status messages: times moved, names prefixed, logs of shared steps once. */
export function relayUpdate(update: StatusUpdate, options: RelayOptions): void {
  const moved = options.clock.apply(update)
  const logs = moved.logs.filter((log) => options.owners.owns(options.stream, log.vertex))
  const vertexes = options.prefixed
    ? moved.vertexes.map((v) => prefixVertex(v, options.target))
    : moved.vertexes
  options.report({ kind: 'status', target: options.target, update: { ...moved, vertexes, logs } })
}

/** `[1/2] RUN x` becomes `[app 1/2] RUN x`, other names get `[app] ` in front. */
export function prefixName(name: string, target: string): string {
  return name.startsWith('[') ? `[${target} ${name.slice(1)}` : `[${target}] ${name}`
}

function prefixVertex(vertex: Vertex, target: string): Vertex {
  const { progressGroup } = vertex
  return {
    ...vertex,
    name: prefixName(vertex.name, target),
    ...(progressGroup
      ? { progressGroup: { ...progressGroup, name: prefixName(progressGroup.name, target) } }
      : {}),
  }
}
