/** Request metadata with repeated values kept apart (spec buildkit 4.4, trap 1). */
export class CallMetadata {
  readonly #values: ReadonlyMap<string, readonly string[]>

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values
  }

  /** Reads Node's flat list of raw headers. */
  static fromRawHeaders(raw: readonly string[]): CallMetadata {
    const values = new Map<string, string[]>()
    for (let at = 0; at + 1 < raw.length; at += 2) {
      const name = (raw[at] as string).toLowerCase()
      if (name.startsWith(':')) continue
      const list = values.get(name)
      if (list === undefined) values.set(name, [raw[at + 1] as string])
      else list.push(raw[at + 1] as string)
    }
    return new CallMetadata(values)
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? []
  }

  first(name: string): string | undefined {
    return this.#values.get(name)?.[0]
  }

  names(): readonly string[] {
    return [...this.#values.keys()]
  }

  /** Values that the daemon query-escapes when one of them is not ASCII: `<name>-encoded: 1` says so (5.1). */
  decoded(name: string): readonly string[] {
    const values = this.all(name)
    return this.first(`${name}-encoded`) === '1' ? values.map(queryUnescape) : values
  }
}

function queryUnescape(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
