import { quote } from '../../../core/go/quote.ts'
import { fromJson, toJson } from '../../../core/value/json.ts'
import { list, object, str } from '../../../core/value/make.ts'
import { ANY, objectOf, STRING } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { readCsv } from './csv.ts'
import { type Family, param, textAt } from './define.ts'

/** Functions between values and their encodings (spec bake 3.7). */
export const ENCODING: Family = [
  {
    name: 'base64decode',
    doc: 'Decodes standard base64 that holds UTF-8 text.',
    params: [param('str', STRING, 'The base64 text, with padding.')],
    returns: STRING,
    call: callBase64Decode,
  },
  {
    name: 'base64encode',
    doc: 'Encodes a text, as UTF-8, in standard base64.',
    params: [param('str', STRING, 'The text.')],
    returns: STRING,
    call: (args) => good(str(toBase64(new TextEncoder().encode(textAt(args, 0))))),
  },
  {
    name: 'csvdecode',
    doc: 'Reads comma-separated values into a list of objects; the first row names the attributes.',
    params: [param('str', STRING, 'The rows, in the form of RFC 4180.')],
    call: callCsvDecode,
  },
  {
    name: 'jsondecode',
    doc: 'Reads a JSON document into a value; arrays become tuples.',
    params: [param('str', STRING, 'The document.')],
    call: callJsonDecode,
  },
  {
    name: 'jsonencode',
    doc: 'Writes a value as JSON without spaces, keys in order.',
    params: [param('val', ANY, 'The value; null too.', { allowNull: true })],
    returns: STRING,
    call: callJsonEncode,
  },
  {
    name: 'urlencode',
    doc: 'Escapes a text for use in the query of a URL.',
    params: [param('str', STRING, 'The text.')],
    returns: STRING,
    call: (args) => good(str(escapeQuery(textAt(args, 0)))),
  },
]

function callBase64Decode(args: readonly Value[]): CallResult {
  const text = textAt(args, 0)
  const bytes = fromBase64(text)
  if (bytes === undefined) return bad(`failed to decode base64 data '${text}'`)
  try {
    return good(str(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)))
  } catch {
    return bad('the result of decoding the the provided string is not valid UTF-8')
  }
}

function callCsvDecode(args: readonly Value[]): CallResult {
  const read = readCsv(textAt(args, 0))
  const records = read.ok ? read.records : read.before
  const fault = read.ok ? undefined : `CSV parse error on line ${read.line}: ${read.fault}`
  const [header, ...rows] = records
  if (header === undefined) return bad(fault ?? 'missing header line')
  const names = header.fields
  const repeated = names.find((name, i) => names.indexOf(name) < i)
  if (repeated !== undefined) return bad(`duplicate column name ${quote(repeated)}`)
  const uneven = rows.find(({ fields }) => fields.length !== names.length)
  if (uneven !== undefined) return bad(`CSV parse error on line ${uneven.line}: wrong number of fields`)
  if (fault !== undefined) return bad(fault)
  const type = objectOf(new Map(names.map((name) => [name, STRING])))
  const objects = rows.map(({ fields }) =>
    object(new Map(names.map((name, i) => [name, str(fields[i] ?? '')]))),
  )
  return good(list(type, objects))
}

function callJsonDecode(args: readonly Value[]): CallResult {
  const read = fromJson(textAt(args, 0))
  return read.ok ? good(read.value) : bad(read.message)
}

function callJsonEncode([value]: readonly Value[]): CallResult {
  if (value === undefined) return good(str('null'))
  const made = toJson(value)
  return made.ok ? good(str(made.text)) : bad(made.message)
}

/** Go's url.QueryEscape: spaces become plus signs. */
function escapeQuery(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
    .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
