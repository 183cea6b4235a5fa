export type CsvRecord =
  | { readonly ok: true; readonly fields: readonly string[] }
  | { readonly ok: false; readonly message: string }

const BARE_QUOTE = 'bare " in non-quoted-field'
const BAD_QUOTE = 'extraneous or missing " in quoted-field'

/**
 * Reads the first record of `text` as Go's encoding/csv does (RFC 4180, strict quotes): blank lines
 * are skipped, nothing is trimmed, no record at all is `EOF`. `comma` is a single ASCII character.
 */
export function parseCsvRecord(text: string, comma: string = ','): CsvRecord {
  if (text !== '' && !/["\r\n]/.test(text)) return { ok: true, fields: text.split(comma) }
  const lines = splitLines(text)
  const first = lines.findIndex((line) => line !== '\n')
  if (first < 0) return { ok: false, message: 'EOF' }
  return new RecordReader(lines, first, comma).read()
}

/** Lines with their `\n`; `\r\n` becomes `\n` and a `\r` at the very end is dropped. */
function splitLines(text: string): readonly string[] {
  const lines = text.split(/(?<=\n)/).map((line) => (line.endsWith('\r\n') ? `${line.slice(0, -2)}\n` : line))
  const last = lines.length - 1
  if (lines[last]?.endsWith('\r')) lines[last] = (lines[last] ?? '').slice(0, -1)
  return lines.filter((line) => line !== '')
}

class RecordReader {
  private readonly lines: readonly string[]
  private readonly start: number
  private readonly comma: string
  private readonly fields: string[] = []
  private at: number
  private line: string
  private column = 1

  constructor(lines: readonly string[], start: number, comma: string) {
    this.lines = lines
    this.start = start
    this.comma = comma
    this.at = start
    this.line = lines[start] ?? ''
  }

  read(): CsvRecord {
    for (;;) {
      const step = this.line.startsWith('"') ? this.quotedField() : this.plainField()
      if (step === 'end') return { ok: true, fields: this.fields }
      if (step !== 'more') return step
    }
  }

  private plainField(): 'more' | 'end' | CsvRecord {
    const comma = this.line.indexOf(this.comma)
    const field = comma >= 0 ? this.line.slice(0, comma) : this.line.replace(/\n$/, '')
    const quote = field.indexOf('"')
    if (quote >= 0) return this.failure(this.column + byteLength(field.slice(0, quote)), BARE_QUOTE)
    this.fields.push(field)
    if (comma < 0) return 'end'
    this.take(comma + 1)
    return 'more'
  }

  private quotedField(): 'more' | 'end' | CsvRecord {
    this.take(1)
    let field = ''
    for (;;) {
      const quote = this.line.indexOf('"')
      if (quote >= 0) {
        field += this.take(quote + 1).slice(0, -1)
        if (this.line.startsWith('"')) {
          field += this.take(1)
          continue
        }
        return this.closeField(field)
      }
      if (this.line === '') return this.failure(this.column, BAD_QUOTE)
      field += this.take(this.line.length)
      this.nextLine()
    }
  }

  private closeField(field: string): 'more' | 'end' | CsvRecord {
    if (this.line.startsWith(this.comma)) {
      this.fields.push(field)
      this.take(1)
      return 'more'
    }
    if (this.line !== '' && this.line !== '\n') return this.failure(this.column - 1, BAD_QUOTE)
    this.fields.push(field)
    return 'end'
  }

  private nextLine(): void {
    const next = this.lines[this.at + 1]
    if (next === undefined) return
    this.at += 1
    this.line = next
    this.column = 1
  }

  private take(length: number): string {
    const taken = this.line.slice(0, length)
    this.line = this.line.slice(length)
    this.column += byteLength(taken)
    return taken
  }

  private failure(column: number, why: string): CsvRecord {
    const where = `parse error on line ${this.at + 1}, column ${column}: ${why}`
    const message = this.at === this.start ? where : `record on line ${this.start + 1}; ${where}`
    return { ok: false, message }
  }
}

function byteLength(text: string): number {
  let bytes = 0
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}
