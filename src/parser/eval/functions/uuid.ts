import { quote } from '../../../core/go/quote.ts'
import { str } from '../../../core/value/make.ts'
import { STRING } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { type Family, param, textAt } from './define.ts'
import { sha1 } from './heavy/digest.ts'

/** Functions that make universally unique identifiers (spec bake 3.7). */
export const UUID: Family = [
  {
    name: 'uuidv4',
    doc: 'Makes a random UUID.',
    params: [],
    returns: STRING,
    call: (_args, world) => good(str(formatUuid(world.random(16), 4))),
  },
  {
    name: 'uuidv5',
    doc: 'Makes the UUID of a name within a namespace.',
    params: [
      param('namespace', STRING, 'One of dns, url, oid, x500, or a UUID.'),
      param('name', STRING, 'The name within the namespace.'),
    ],
    returns: STRING,
    call: callNamed,
  },
]

/** Namespaces of RFC 4122, appendix C: they differ in one byte. */
const NAMESPACES: ReadonlyMap<string, string> = new Map(
  Object.entries({ dns: '0', url: '1', oid: '2', x500: '4' }).map(([name, digit]) => [
    name,
    `6ba7b81${digit}9dad11d180b400c04fd430c8`,
  ]),
)

function callNamed(args: readonly Value[]): CallResult {
  const namespace = textAt(args, 0)
  const hex = NAMESPACES.get(namespace) ?? readUuid(namespace)
  if (typeof hex !== 'string') {
    return bad(`uuidv5() doesn't support namespace ${namespace} (${hex.message})`)
  }
  const name = new TextEncoder().encode(textAt(args, 1))
  const hashed = new Uint8Array(16 + name.length)
  for (let i = 0; i < 16; i++) hashed[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  hashed.set(name, 16)
  return good(str(formatUuid(sha1(hashed).slice(0, 16), 5)))
}

const DASHED = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})/i

/** The 32 digits of a UUID: plain, dashed, with any character around it, or as a URN. */
function readUuid(text: string): string | { readonly message: string } {
  const { length } = new TextEncoder().encode(text)
  if (![32, 36, 38, 45].includes(length)) return { message: `invalid UUID length: ${length}` }
  if (length === 45 && text.slice(0, 9).toLowerCase() !== 'urn:uuid:') {
    return { message: `invalid urn prefix: ${quote(text.slice(0, 9))}` }
  }
  const start = length === 45 ? 9 : length === 38 ? 1 : 0
  const digits =
    length === 32 ? /^[0-9a-f]{32}$/i.exec(text)?.[0] : DASHED.exec(text.slice(start))?.slice(1).join('')
  return digits ?? { message: 'invalid UUID format' }
}

/** Sets version and variant bits and writes the groups. */
function formatUuid(random: Uint8Array, version: number): string {
  const bytes = Uint8Array.from(random)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4)
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
