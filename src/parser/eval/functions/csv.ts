/** One record and the line it begins on. */
interface CsvRecord {
  readonly line: number
  readonly fields: readonly string[]
}

/** The records of a text, or the first fault with its line (from 1). */
export type CsvRecords =
  | { readonly ok: true; readonly records: readonly CsvRecord[] }
  | {
      readonly ok: false
      readonly line: number
      readonly fault: CsvFault
      readonly before: readonly CsvRecord[]
    }

export type CsvFault = 'bare " in non-quoted-field' | 'extraneous or missing " in quoted-field'

/**
 * Reads comma-separated values as RFC 4180 has them: quotes double inside quotes, empty lines are skipped, a
 * quoted field may hold line breaks, which become `\n`. `before` holds the records ahead of a fault.
 */
export function readCsv(text: string): CsvRecords {
  const lines = new CsvLines(text)
  const records: CsvRecord[] = []
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (line === '' || line === '\n') continue
    const start = lines.count
    const read = readRecord(line, lines)
    if (typeof read === 'string') return { ok: false, line: lines.count, fault: read, before: records }
    records.push({ line: start, fields: read })
  }
  return { ok: true, records }
}

/** Lines with their `\n`; `\r\n` counts as `\n`, and a lone `\r` at the very end is dropped. */
class CsvLines {
  count = 0
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  next(): string | undefined {
    if (this.#at >= this.#text.length) return undefined
    const feed = this.#text.indexOf('\n', this.#at)
    const end = feed < 0 ? this.#text.length : feed + 1
    const line = this.#text.slice(this.#at, end)
    this.#at = end
    this.count++
    if (line.endsWith('\r\n')) return `${line.slice(0, -2)}\n`
    return feed < 0 && line.endsWith('\r') ? line.slice(0, -1) : line
  }
}

function readRecord(first: string, lines: CsvLines): readonly string[] | CsvFault {
  const fields: string[] = []
  let line = first
  for (;;) {
    if (!line.startsWith('"')) {
      const comma = line.indexOf(',')
      const field = comma < 0 ? withoutFeed(line) : line.slice(0, comma)
      if (field.includes('"')) return 'bare " in non-quoted-field'
      fields.push(field)
      if (comma < 0) return fields
      line = line.slice(comma + 1)
      continue
    }
    const quoted = readQuoted(line.slice(1), lines)
    if (quoted === undefined) return 'extraneous or missing " in quoted-field'
    fields.push(quoted.field)
    if (!quoted.rest.startsWith(',')) return fields
    line = quoted.rest.slice(1)
  }
}

/** Reads behind an opening quote, over as many lines as it takes. `rest` begins at a comma or is at an end. */
function readQuoted(opened: string, lines: CsvLines): { field: string; rest: string } | undefined {
  let field = ''
  let line = opened
  for (;;) {
    const quote = line.indexOf('"')
    if (quote >= 0) {
      field += line.slice(0, quote)
      const rest = line.slice(quote + 1)
      if (rest.startsWith('"')) {
        field += '"'
        line = rest.slice(1)
        continue
      }
      return rest.startsWith(',') || withoutFeed(rest) === '' ? { field, rest } : undefined
    }
    field += line
    const next = lines.next()
    if (next === undefined) return undefined
    line = next
  }
}

function withoutFeed(line: string): string {
  return line.endsWith('\n') ? line.slice(0, -1) : line
}
