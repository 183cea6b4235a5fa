import { setMaxListeners } from 'node:events'
import type { Attachable } from '../buildkit/session/attachable.ts'
import type { NodeConnection } from './node-connection.ts'
import type { RunContext } from './run-types.ts'
import type { PlannedSession } from './session-plan.ts'
import { openAuth, openPlannedSession } from './sessions.ts'
import type { RequestSinks } from './sinks.ts'

// A lost session makes the daemon fail its builds; its own words are better if they come in time.
const LOST_SESSION_GRACE_MS = 2000

/** An open session as a build uses it. */
export interface OpenSession {
  readonly id: string
  /** Aborted with a failure a moment after the session was lost. */
  readonly lost: AbortSignal
}

interface Entry {
  readonly session: Promise<OpenSession>
  isGone: boolean
}

/** The sessions of a run: opened once, and again only when lost. */
export class SessionBook {
  readonly #run: RunContext
  readonly #logins: Attachable
  readonly #nodeOf: (planned: PlannedSession) => NodeConnection
  readonly #sinksOf: (planned: PlannedSession) => RequestSinks | undefined
  readonly #entries = new Map<PlannedSession, Entry>()

  constructor(
    run: RunContext,
    nodeOf: (planned: PlannedSession) => NodeConnection,
    sinksOf: (planned: PlannedSession) => RequestSinks | undefined,
  ) {
    this.#run = run
    this.#logins = openAuth(run)
    this.#nodeOf = nodeOf
    this.#sinksOf = sinksOf
  }

  /** The session of that plan, open. Fails as opening it does. */
  open(planned: PlannedSession): Promise<OpenSession> {
    const known = this.#entries.get(planned)
    if (known !== undefined && !known.isGone) return known.session
    const entry: Entry = { session: this.#open(planned, () => this.#forget(entry)), isGone: false }
    entry.session.catch(() => this.#forget(entry))
    this.#entries.set(planned, entry)
    return entry.session
  }

  #forget(entry: Entry): void {
    entry.isGone = true
  }

  async #open(planned: PlannedSession, onEnd: () => void): Promise<OpenSession> {
    const session = await openPlannedSession(
      planned,
      this.#nodeOf(planned),
      this.#sinksOf(planned),
      this.#logins,
      this.#run,
    )
    const lost = new AbortController()
    setMaxListeners(0, lost.signal)
    void session.ended.then((failure) => {
      onEnd()
      if (failure) setTimeout(() => lost.abort(failure), LOST_SESSION_GRACE_MS).unref()
    })
    return { id: session.id, lost: lost.signal }
  }
}
