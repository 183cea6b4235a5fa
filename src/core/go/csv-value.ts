import type { CsvRecord } from './csv.ts'

/**
 * Splits the value of a flag or of an element text (`type=local,dest=…`) at its commas. The reference reads
 * these with a laxer reader than CSV files: one line end behind the value is dropped, others are text, and a
 * missing quote is reported behind the one that opens the field. Observed on the real program.
 */
export function parseCsvValue(text: string): CsvRecord {
  const line = text.replace(/\r?\n$/, '')
  if (line === '') return { ok: false, message: 'EOF' }
  if (!line.includes('"')) return { ok: true, fields: line.split(',') }
  const fields: string[] = []
  let at = 0
  for (;;) {
    const step = line[at] === '"' ? quotedField(line, at) : plainField(line, at)
    if (typeof step.field !== 'string') return failure(line, step.end, step.field.why)
    fields.push(step.field)
    if (step.end >= line.length) return { ok: true, fields }
    at = step.end + 1
  }
}

/** `end` is the comma behind the field or the end of the line; with a mistake, where that is. */
interface Step {
  readonly end: number
  readonly field: string | { readonly why: string }
}

function plainField(line: string, at: number): Step {
  const comma = line.indexOf(',', at)
  const end = comma < 0 ? line.length : comma
  const field = line.slice(at, end)
  const quote = field.indexOf('"')
  return quote < 0 ? { end, field } : { end: at + quote, field: { why: 'bare " in non-quoted-field' } }
}

function quotedField(line: string, at: number): Step {
  let field = ''
  let from = at + 1
  for (;;) {
    const quote = line.indexOf('"', from)
    if (quote < 0) return { end: at + 1, field: UNBALANCED }
    field += line.slice(from, quote)
    const next = line[quote + 1]
    if (next === undefined || next === ',') return { end: quote + 1, field }
    if (next !== '"') return { end: quote, field: UNBALANCED }
    field += '"'
    from = quote + 2
  }
}

const UNBALANCED = { why: 'extraneous or missing " in quoted-field' } as const

/** Columns count bytes from 1. */
function failure(line: string, at: number, why: string): CsvRecord {
  const column = new TextEncoder().encode(line.slice(0, at)).length + 1
  return { ok: false, message: `parse error on line 1, column ${column}: ${why}` }
}
