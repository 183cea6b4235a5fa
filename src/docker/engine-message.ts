import type { Readable } from 'node:stream'
import { BuildFailure, isBuildFailure } from '../core/failure.ts'

/** One line of the engine's progress while it loads or pushes. */
export interface EngineMessage {
  /** Layer or image the line is about; '' for lines about the whole. */
  readonly id: string
  readonly status: string
  /** Bytes; 0 when the line reports no transfer. */
  readonly current: number
  readonly total: number
}

/** Reads the engine's answer line by line. Throws `BuildFailure` (`driver`) when a line tells of an error. */
export async function* readMessages(answer: Readable, signal: AbortSignal): AsyncGenerator<EngineMessage> {
  const onAbort = (): void => {
    answer.destroy()
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    let rest = ''
    answer.setEncoding('utf8')
    for await (const part of answer) {
      const lines = (rest + part).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim() !== '') yield toMessage(line)
    }
    if (rest.trim() !== '') yield toMessage(rest)
    signal.throwIfAborted()
  } catch (error) {
    signal.throwIfAborted()
    if (isBuildFailure(error)) throw error
    throw new BuildFailure('driver', `the engine's answer broke off: ${(error as Error).message}`, {
      code: 'ENGINE_LOST',
      cause: error,
    })
  } finally {
    signal.removeEventListener('abort', onAbort)
    answer.destroy()
  }
}

/** A refusal of the engine as dockerode reports it, in the engine's own words. */
export function toEngineFailure(error: unknown): BuildFailure {
  const { statusCode, json, message } = error as {
    readonly statusCode: number
    readonly json?: { readonly message?: unknown } | null
    readonly message: string
  }
  // dockerode wraps the text as "(HTTP code 404) reason - text".
  const own =
    typeof json?.message === 'string' ? json.message : message.replace(/^\(HTTP code \d+\) .*? - /, '').trim()
  return new BuildFailure('driver', own, {
    code: statusCode === 404 ? 'NOT_FOUND' : 'ENGINE_REFUSED',
    cause: error,
  })
}

interface RawMessage {
  readonly id?: string
  readonly status?: string
  readonly stream?: string
  readonly progressDetail?: { readonly current?: number; readonly total?: number } | null
  readonly error?: string
  readonly errorDetail?: { readonly message?: string }
}

function toMessage(line: string): EngineMessage {
  let raw: RawMessage
  try {
    raw = JSON.parse(line)
  } catch {
    return { id: '', status: line, current: 0, total: 0 }
  }
  const problem = raw.errorDetail?.message ?? raw.error
  if (problem !== undefined) throw new BuildFailure('driver', problem, { code: 'ENGINE_REFUSED' })
  return {
    id: raw.id ?? '',
    status: raw.status ?? raw.stream ?? '',
    current: raw.progressDetail?.current ?? 0,
    total: raw.progressDetail?.total ?? 0,
  }
}
