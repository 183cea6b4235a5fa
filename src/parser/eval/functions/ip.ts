/** An address as a number, with its width. An IPv4-mapped IPv6 address keeps 128 bits. */
export interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

/** A network in CIDR notation; host bits of `base` are zero. */
export interface Network {
  readonly base: Address
  readonly prefix: number
}

/** Reads `address/prefix`; host bits are dropped. Undefined for anything else, zones included. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/')
  if (slash < 0) return undefined
  const address = parseAddress(text.slice(0, slash))
  const prefixText = text.slice(slash + 1)
  if (address === undefined || !/^\d{1,8}$/.test(prefixText)) return undefined
  const prefix = Number(prefixText)
  return prefix > address.bits ? undefined : networkAt(address, prefix)
}

/** The network of `prefix` bits that holds `address`. */
export function networkAt(address: Address, prefix: number): Network {
  return { base: { bits: address.bits, value: address.value & maskOf(address.bits, prefix) }, prefix }
}

/** The highest address of a network. */
export function lastAddress({ base, prefix }: Network): Address {
  return { bits: base.bits, value: base.value | (allOnes(base.bits) ^ maskOf(base.bits, prefix)) }
}

/** Whether an address of the same width lies in the network. */
export function contains(network: Network, address: Address): boolean {
  return (address.value & maskOf(address.bits, network.prefix)) === network.base.value
}

/** `prefix` leading ones, as a number of `bits` bits. */
export function maskOf(bits: number, prefix: number): bigint {
  return allOnes(bits) ^ (allOnes(bits) >> BigInt(prefix))
}

function allOnes(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n
}

const MAPPED_HEAD = 0xffffn

/** Whether a 128-bit address stands for an IPv4 one, `::ffff:a.b.c.d`. */
export function isMapped(address: Address): boolean {
  return address.bits === 128 && address.value >> 32n === MAPPED_HEAD
}

/** Dotted for IPv4 (also when mapped), groups with the longest run of zeros shortened for IPv6. */
export function formatAddress(address: Address): string {
  if (address.bits === 32 || isMapped(address)) return dotted(address.value & 0xffffffffn)
  const groups = Array.from({ length: 8 }, (_, i) =>
    Number((address.value >> BigInt(112 - 16 * i)) & 0xffffn),
  )
  const run = longestZeroRun(groups)
  const texts = groups.map((group) => group.toString(16))
  if (run.length < 2) return texts.join(':')
  return `${texts.slice(0, run.start).join(':')}::${texts.slice(run.start + run.length).join(':')}`
}

/** An address with its prefix; a mapped one counts the prefix within its 32 bits. */
export function formatNetwork({ base, prefix }: Network): string {
  return `${formatAddress(base)}/${isMapped(base) ? Math.max(0, prefix - 96) : prefix}`
}

function dotted(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.')
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < groups.length; start++) {
    let length = 0
    while (groups[start + length] === 0) length++
    if (length > best.length) best = { start, length }
  }
  return best
}

function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) return parseIpv6(text)
  const value = parseIpv4(text)
  return value === undefined ? undefined : { bits: 32, value }
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0n
  for (const part of parts) {
    // A leading zero could mean octal, so it is refused.
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined
    value = (value << 8n) | BigInt(part)
  }
  return value
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const front = parseGroups(halves[0] ?? '', halves.length === 1)
  const back = halves.length === 2 ? parseGroups(halves[1] ?? '', true) : []
  if (front === undefined || back === undefined) return undefined
  const missing = 8 - front.length - back.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...front, ...Array<bigint>(missing).fill(0n), ...back]
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | group, 0n) }
}

/** Groups between colons; the last one may be a dotted IPv4 address when it ends the text. */
function parseGroups(text: string, atEnd: boolean): readonly bigint[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const groups: bigint[] = []
  for (const [i, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`))
    else {
      const v4 = atEnd && i === parts.length - 1 ? parseIpv4(part) : undefined
      if (v4 === undefined) return undefined
      groups.push(v4 >> 16n, v4 & 0xffffn)
    }
  }
  return groups
}
