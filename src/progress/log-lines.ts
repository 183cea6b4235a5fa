import { Buffer } from 'node:buffer'

/** One line of a step's output with the seconds since the step began. */
export interface LogLine {
  readonly seconds: number
  /** Raw, because a chunk may end inside a character. */
  readonly bytes: Buffer
}

// A failing step shows ten lines, the terminal a few more; the rest only costs memory.
const KEPT_LINES = 10_000

/** Output of a step, cut into lines however the chunks fall. */
export class LogLines {
  #lines: LogLine[] = []
  #open = false
  #dropped = 0

  get lines(): readonly LogLine[] {
    return this.#lines
  }
  /** The last line has no newline yet. */
  get isOpen(): boolean {
    return this.#open
  }
  /** Lines of the whole life of the step, those no longer kept included. */
  get count(): number {
    return this.#dropped + this.#lines.length
  }

  append(data: Uint8Array, seconds: number): void {
    const bytes = Buffer.from(data)
    let start = 0
    while (start < bytes.length) {
      const newline = bytes.indexOf(10, start)
      const end = newline < 0 ? bytes.length : newline
      this.#add(bytes.subarray(start, end), seconds)
      this.#open = newline < 0
      start = end + 1
    }
    if (this.#lines.length > KEPT_LINES) {
      const surplus = this.#lines.length - KEPT_LINES / 2
      this.#lines = this.#lines.slice(surplus)
      this.#dropped += surplus
    }
  }

  /** The last lines, oldest first. */
  tail(count: number): readonly LogLine[] {
    return this.#lines.slice(-count)
  }

  /** Lines from absolute index `from` on, each with its index. */
  since(from: number): readonly (readonly [number, LogLine])[] {
    const first = Math.max(from - this.#dropped, 0)
    return this.#lines.slice(first).map((line, i) => [this.#dropped + first + i, line] as const)
  }

  #add(bytes: Buffer, seconds: number): void {
    const last = this.#lines.at(-1)
    if (this.#open && last) {
      this.#lines[this.#lines.length - 1] = {
        seconds: last.seconds,
        bytes: Buffer.concat([last.bytes, bytes]),
      }
    } else {
      this.#lines.push({ seconds, bytes })
    }
  }
}

/** `0.150 text`: 3 decimals below 10 s, 2 below 100 s, else 1. */
export function logText(line: LogLine): string {
  const { seconds } = line
  const digits = seconds < 10 ? 3 : seconds < 100 ? 2 : 1
  return `${seconds.toFixed(digits)} ${line.bytes.toString('utf8')}`
}
