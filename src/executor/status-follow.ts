import type { StatusUpdate } from '../core/event/event.ts'
import type { Lane } from './lane.ts'

// The daemon closes the stream by itself right after a build; a dead one would never.
const IDLE_MS = 5000
// A build that was refused never has progress, but its reader is kept waiting for 6 s.
const REFUSED_MS = 300

/** `short`: the build failed; when it never said anything, it was refused and will not. */
export type Patience = 'full' | 'short'

/** A running reader of one build's progress. */
export interface StatusFollower {
  /** The build ended: waits for the rest of its progress, at most 5 s without a message. */
  finish(patience: Patience): Promise<void>
}

/**
 * Reads the progress of a build until it ends. Its troubles never count: a build that was refused has
 * no progress, and one that lost it still tells its result (spec buildkit 13.4).
 */
export function followStatus(lane: Lane, ref: string, take: (update: StatusUpdate) => void): StatusFollower {
  const stop = new AbortController()
  let touch = (): void => {}
  let heard = false
  const reading = read(lane, ref, stop.signal, (update) => {
    heard = true
    touch()
    take(update)
  })
  return {
    finish: async (patience) => {
      let timer: NodeJS.Timeout | undefined
      const idle = new Promise<void>((resolve) => {
        touch = () => {
          clearTimeout(timer)
          timer = setTimeout(resolve, patience === 'short' && !heard ? REFUSED_MS : IDLE_MS)
        }
        touch()
      })
      await Promise.race([reading, idle])
      clearTimeout(timer)
      touch = () => {}
      stop.abort()
      await reading
    },
  }
}

async function read(
  lane: Lane,
  ref: string,
  signal: AbortSignal,
  take: (update: StatusUpdate) => void,
): Promise<void> {
  try {
    for await (const update of lane.control.status(ref, signal)) take(update)
  } catch {
    // The solve call reports what matters.
  }
}
