import type { BuildRequest, LocalMount } from '../request/types.ts'

/** A session to open on a node and what it serves. */
export interface PlannedSession {
  readonly node: number
  readonly mounts: Map<string, string>
  readonly sharedKeyDir: string
  /** The request whose secrets, agents, outputs and stores it serves; absent for directories alone. */
  owner?: BuildRequest
}

/** Which session serves a request, and mounts that come from other sessions. */
export interface SessionUse {
  readonly session: PlannedSession
  readonly elsewhere: ReadonlyMap<string, PlannedSession>
}

export interface SessionPlan {
  readonly sessions: readonly PlannedSession[]
  readonly uses: ReadonlyMap<BuildRequest, SessionUse>
}

/**
 * Decides how few sessions serve all requests (spec buildkit 10.3). A directory that several requests
 * of a node read under the same name is served by one session, so that it is sent once; requests that
 * need nothing of their own share a session.
 */
export function planSessions(requests: readonly BuildRequest[]): SessionPlan {
  const sessions: PlannedSession[] = []
  const shared = sharedMounts(requests, sessions)
  const uses = new Map<BuildRequest, SessionUse>()
  const general = new Map<string, PlannedSession>()
  for (const request of requests) {
    const elsewhere = new Map<string, PlannedSession>()
    const own = new Map<string, string>()
    for (const mount of request.mounts) {
      const session = shared.get(mountKey(request.node, mount))
      if (session) elsewhere.set(mount.name, session)
      else own.set(mount.name, mount.dir)
    }
    const isPlain = own.size === 0 && !hasOwnPart(request)
    const session = (isPlain && joinPlain(request, elsewhere, general)) || {
      node: request.node,
      mounts: own,
      sharedKeyDir: request.sharedKeyDir,
      owner: request,
    }
    if (!sessions.includes(session)) sessions.push(session)
    if (isPlain && !general.has(generalKey(request))) general.set(generalKey(request), session)
    for (const [name, other] of elsewhere) if (other === session) elsewhere.delete(name)
    uses.set(request, { session, elsewhere })
  }
  return { sessions, uses }
}

/** Sessions for directories used by two requests or more; one name means one directory in a session. */
function sharedMounts(
  requests: readonly BuildRequest[],
  sessions: PlannedSession[],
): ReadonlyMap<string, PlannedSession> {
  const users = new Map<
    string,
    { readonly node: number; readonly mount: LocalMount; readonly by: Set<BuildRequest> }
  >()
  for (const request of requests) {
    for (const mount of request.mounts) {
      const key = mountKey(request.node, mount)
      const known = users.get(key) ?? { node: request.node, mount, by: new Set<BuildRequest>() }
      known.by.add(request)
      users.set(key, known)
    }
  }
  const found = new Map<string, PlannedSession>()
  for (const [key, { node, mount, by }] of users) {
    const [first] = by
    if (!first || by.size < 2) continue
    let session = sessions.find((s) => s.node === node && !s.mounts.has(mount.name))
    if (!session) {
      session = { node, mounts: new Map(), sharedKeyDir: first.sharedKeyDir }
      sessions.push(session)
    }
    session.mounts.set(mount.name, mount.dir)
    found.set(key, session)
  }
  return found
}

/**
 * A session that a request without anything of its own can use: the one of its directories when no
 * other secrets live there, so that a build says nothing of sessions, else that of a like request.
 */
function joinPlain(
  request: BuildRequest,
  elsewhere: ReadonlyMap<string, PlannedSession>,
  general: ReadonlyMap<string, PlannedSession>,
): PlannedSession | undefined {
  const [first, ...others] = new Set(elsewhere.values())
  if (first && others.length === 0) {
    first.owner ??= request
    if (generalKey(first.owner) === generalKey(request)) return first
  }
  return general.get(generalKey(request))
}

/** Exporter ids and store names of one build mean nothing to another. */
function hasOwnPart(request: BuildRequest): boolean {
  return (
    request.inlineDockerfile !== undefined ||
    request.exporters.some((e) => e.sink !== undefined) ||
    request.stores.length > 0
  )
}

function generalKey(request: BuildRequest): string {
  return JSON.stringify([request.node, request.sharedKeyDir, request.secrets, request.ssh])
}

function mountKey(node: number, mount: LocalMount): string {
  return JSON.stringify([node, mount.name, mount.dir])
}
