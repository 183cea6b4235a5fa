/** One run of a step; a step may be opened again after it ended (spec buildkit 11.1). Times in ms. */
export interface Interval {
  readonly startMs: number
  readonly stopMs?: number
}

/** All runs of a step; overlapping ones count once. */
export class Intervals {
  readonly #byStart = new Map<string, Interval>()

  get isEmpty(): boolean {
    return this.#byStart.size === 0
  }

  /** Every run that began has ended. */
  get isClosed(): boolean {
    const latest = this.latest
    return latest !== undefined && latest.stopMs !== undefined && !this.#anyOpenGroupMember()
  }

  /** The run that began last. */
  get latest(): Interval | undefined {
    let latest: Interval | undefined
    for (const interval of this.#byStart.values()) {
      if (!latest || interval.startMs >= latest.startMs) latest = interval
    }
    return latest
  }

  /** Records a run of one member; the same start again replaces what was known. */
  set(member: string, startMs: number, stopMs: number | undefined): void {
    this.#byStart.set(`${member} ${startMs}`, { startMs, ...(stopMs === undefined ? {} : { stopMs }) })
  }

  /** Seconds of all runs together; running ones count up to `nowMs`. */
  seconds(nowMs: number): number {
    let total = 0
    let end = Number.NEGATIVE_INFINITY
    const sorted = [...this.#byStart.values()].sort((a, b) => a.startMs - b.startMs)
    for (const { startMs, stopMs } of sorted) {
      const from = Math.max(startMs, end)
      const to = Math.max(stopMs ?? nowMs, from)
      total += to - from
      end = Math.max(end, to)
    }
    return total / 1000
  }

  /** Members of a group run side by side: the group is open while one of them is in its latest run. */
  #anyOpenGroupMember(): boolean {
    const latest = new Map<string, Interval>()
    for (const [key, interval] of this.#byStart) {
      const member = key.slice(0, key.indexOf(' '))
      const known = latest.get(member)
      if (!known || interval.startMs >= known.startMs) latest.set(member, interval)
    }
    return [...latest.values()].some((i) => i.stopMs === undefined)
  }
}
