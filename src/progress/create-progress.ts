import { PlainRenderer } from './plain.ts'
import { QuietRenderer } from './quiet.ts'
import { RawJsonRenderer } from './rawjson.ts'
import type { RenderContext, Renderer } from './renderer.ts'
import { TtyRenderer } from './tty.ts'

export type ProgressMode = 'auto' | 'tty' | 'plain' | 'rawjson' | 'quiet'
/** A mode with `auto` decided. */
export type DecidedMode = Exclude<ProgressMode, 'auto'>

const MODES: readonly ProgressMode[] = ['auto', 'tty', 'plain', 'rawjson', 'quiet']

/**
 * Decides the mode of `--progress` (empty = `auto`; `BUILDKIT_PROGRESS` stands in for `auto` only).
 * The refusals are the reference's texts (spec cli 12).
 */
export function chooseMode(
  flag: string,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): { readonly ok: true; readonly mode: DecidedMode } | { readonly ok: false; readonly message: string } {
  const asked = flag === '' || flag === 'auto' ? env['BUILDKIT_PROGRESS'] || 'auto' : flag
  const mode = MODES.find((m) => m === asked)
  if (!mode) return { ok: false, message: `invalid progress mode ${asked}` }
  if (mode === 'auto') return { ok: true, mode: isTerminal ? 'tty' : 'plain' }
  if (mode === 'tty' && !isTerminal) {
    return { ok: false, message: 'failed to get console: provided file is not a console' }
  }
  return { ok: true, mode }
}

export interface ProgressOptions extends Partial<Omit<RenderContext, 'out'>> {
  readonly now: () => number
}

/** Makes the renderer of a mode. It writes to `out` only; nothing is written before the first event. */
export function createProgress(
  mode: DecidedMode,
  out: RenderContext['out'],
  options: ProgressOptions,
): Renderer {
  const context: RenderContext = {
    out,
    env: {},
    debug: false,
    schedule: scheduleTimer,
    ...options,
  }
  switch (mode) {
    case 'quiet':
      return new QuietRenderer()
    case 'rawjson':
      return new RawJsonRenderer(out)
    case 'tty':
      return new TtyRenderer(context)
    case 'plain':
      return new PlainRenderer(context)
  }
}

/** A timer that does not keep the process alive: `end` draws what is left. */
function scheduleTimer(action: () => void, delayMs: number): () => void {
  const timer = setTimeout(action, delayMs)
  timer.unref()
  return () => clearTimeout(timer)
}
