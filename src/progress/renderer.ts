import type { Writable } from 'node:stream'
import type { BuildEvent } from '../core/event/event.ts'

/** Shows a run while it happens. Trouble with the output never reaches the build. */
export interface Renderer {
  event(event: BuildEvent): void
  /** Draws what is left, the logs of failed steps and the summary of warnings. */
  end(): void
}

/** What the header says about the builder. */
export interface BuilderLabel {
  readonly name: string
  readonly driver: string
}

/** A text stream that may be a terminal. */
export type ProgressOutput = Writable & {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/** Where a renderer writes and what it may ask for. */
export interface RenderContext {
  readonly out: ProgressOutput
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Runs `action` once after `delayMs`; the answer cancels it. */
  readonly schedule: (action: () => void, delayMs: number) => () => void
  readonly builder?: BuilderLabel
  /** Warnings are printed with details. */
  readonly debug: boolean
}
