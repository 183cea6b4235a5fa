import type { BuildRequest } from '../request/types.ts'
import type { Barrier } from './barrier.ts'
import type { Lane } from './lane.ts'
import type { LinkBoard } from './link-board.ts'
import type { NodeConnection } from './node-connection.ts'
import type { Places } from './places.ts'
import type { OpenSession } from './session-book.ts'
import type { RequestSinks } from './sinks.ts'
import type { LogOwners } from './status-relay.ts'

/** The open sessions of one request. */
export interface RequestSessions {
  readonly own: OpenSession
  /** Sessions of mounts that others serve, by mount name. */
  readonly mounts: ReadonlyMap<string, OpenSession>
}

/** One request with everything it needs, ready to go. */
export interface PreparedRequest {
  readonly request: BuildRequest
  readonly node: NodeConnection
  /** A connection that is not known to be lost. */
  readonly lane: () => Lane
  /** Its sessions; opens those that were lost. */
  readonly sessions: () => Promise<RequestSessions>
  readonly sinks: RequestSinks
  /** Why it cannot be built at all. */
  readonly refusal?: unknown
  readonly board: LinkBoard
  readonly places: Places
  /** What all targets have to reach before outputs are written. */
  readonly barrier?: Barrier
  /** Board keys of requests that link to this one. */
  readonly children: readonly string[]
  readonly owners: LogOwners
}

/** Key of a request on the board: a target's result is usable on its own node only. */
export function boardKey(node: number, target: string): string {
  return `${node}-${target}`
}
