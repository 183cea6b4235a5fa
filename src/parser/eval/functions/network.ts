import { list, str } from '../../../core/value/make.ts'
import { listOf, NUMBER, STRING } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { type Family, numberAt, param, textAt, WHOLE_REQUIRED, wholeAt, wholeOf } from './define.ts'
import {
  contains,
  formatAddress,
  formatNetwork,
  isMapped,
  lastAddress,
  maskOf,
  type Network,
  networkAt,
  parseNetwork,
} from './ip.ts'

const PREFIX = param('prefix', STRING, 'A network in CIDR notation, such as "10.0.0.0/16".')

/** Functions on IP networks (spec bake 3.7). */
export const NETWORK: Family = [
  {
    name: 'cidrhost',
    doc: 'Gives the address of a numbered host in a network.',
    params: [PREFIX, param('hostnum', NUMBER, 'Number of the host; negative numbers count from the end.')],
    returns: STRING,
    call: callHost,
  },
  {
    name: 'cidrnetmask',
    doc: 'Gives the subnet mask of a network.',
    params: [PREFIX],
    returns: STRING,
    call: callNetmask,
  },
  {
    name: 'cidrsubnet',
    doc: 'Gives a numbered part of a network.',
    params: [
      PREFIX,
      param('newbits', NUMBER, 'Bits to add to the prefix, at most 32.'),
      param('netnum', NUMBER, 'Number of the subnet.'),
    ],
    returns: STRING,
    call: callSubnet,
  },
  {
    name: 'cidrsubnets',
    doc: 'Lays subnets of given sizes one behind another in a network.',
    params: [PREFIX],
    variadic: param('newbits', NUMBER, 'Bits to add to the prefix for each subnet, 1 to 32.'),
    returns: listOf(STRING),
    call: callSubnets,
  },
]

/** Subnet numbers stay within 32 bits so that they mean the same everywhere. */
const MAX_NEW_BITS = 32

function notCidr(text: string): string {
  return `invalid CIDR expression: invalid CIDR address: ${text}`
}

function callHost(args: readonly Value[]): CallResult {
  const host = wholeOf(numberAt(args, 1))
  if (host === undefined) return bad(WHOLE_REQUIRED)
  const network = parseNetwork(textAt(args, 0))
  if (network === undefined) return bad(notCidr(textAt(args, 0)))
  const { base, prefix } = network
  const highest = (1n << BigInt(base.bits - prefix)) - 1n
  const distance = host < 0n ? -host - 1n : host
  if (distance > highest) return bad(`prefix of ${prefix} does not accommodate a host numbered ${host}`)
  const offset = host < 0n ? highest - distance : host
  // The reference counts hosts of a mapped network in its IPv4 part, which it takes for the leading one.
  const shift = isMapped(base) ? 96n : 0n
  const value = base.value | (offset << shift)
  return value >> BigInt(base.bits) === 0n
    ? good(str(formatAddress({ bits: base.bits, value })))
    : bad(`host number ${host} does not fit an IPv4-mapped address`)
}

function callNetmask(args: readonly Value[]): CallResult {
  const network = parseNetwork(textAt(args, 0))
  if (network === undefined) return bad(notCidr(textAt(args, 0)))
  const { bits } = network.base
  return good(str(formatAddress({ bits, value: maskOf(bits, network.prefix) })))
}

function callSubnet(args: readonly Value[]): CallResult {
  const newBits = wholeAt(args, 1)
  const number = wholeOf(numberAt(args, 2))
  if (newBits === undefined || number === undefined) return bad(WHOLE_REQUIRED)
  const network = parseNetwork(textAt(args, 0))
  if (network === undefined) return bad(notCidr(textAt(args, 0)))
  if (newBits > MAX_NEW_BITS) return bad('may not extend prefix by more than 32 bits')
  const { base, prefix } = network
  const longer = prefix + newBits
  if (longer > base.bits) {
    return bad(`insufficient address space to extend prefix of ${prefix} by ${newBits}`)
  }
  // A prefix that gets shorter takes any number that still fits the address.
  const roomBits = newBits < 0 ? longer : newBits
  if (longer < 0 || number < 0n || number >> BigInt(roomBits) !== 0n) {
    return bad(`prefix extension of ${newBits} does not accommodate a subnet numbered ${number}`)
  }
  const value = base.value | (number << BigInt(base.bits - longer))
  return good(str(formatNetwork({ base: { bits: base.bits, value }, prefix: longer })))
}

function callSubnets(args: readonly Value[]): CallResult {
  const network = parseNetwork(textAt(args, 0))
  if (network === undefined) return bad(notCidr(textAt(args, 0)), 0)
  const subnets: Value[] = []
  let current: Network | undefined
  for (let i = 1; i < args.length; i++) {
    const newBits = wholeAt(args, i)
    const problem = newBitsProblem(network, newBits)
    if (newBits === undefined || problem !== undefined) return bad(problem ?? WHOLE_REQUIRED, i)
    const length = network.prefix + newBits
    current ??= networkBefore(network, length)
    const next = networkAfter(current, length)
    if (next === undefined || !contains(network, next.base)) {
      const where = `a prefix of ${length} bits after ${formatNetwork(current)}`
      return bad(`not enough remaining address space for a subnet with ${where}`, i)
    }
    current = next
    subnets.push(str(formatNetwork(next)))
  }
  return good(list(STRING, subnets))
}

function newBitsProblem({ base, prefix }: Network, newBits: number | undefined): string | undefined {
  if (newBits === undefined) return WHOLE_REQUIRED
  if (newBits < 1) return 'must extend prefix by at least one bit'
  if (newBits > MAX_NEW_BITS) return 'may not extend prefix by more than 32 bits'
  if (prefix + newBits <= base.bits) return undefined
  const protocol = base.bits === 32 ? 'IPv4' : 'IPv6'
  return `would extend prefix to ${prefix + newBits} bits, which is too long for an ${protocol} address`
}

function networkBefore({ base }: Network, length: number): Network {
  const size = 1n << BigInt(base.bits)
  return networkAt({ bits: base.bits, value: (base.value - 1n + size) % size }, length)
}

/** The next network of `length` bits, or undefined past the last address (address 0 counts as past). */
function networkAfter(current: Network, length: number): Network | undefined {
  const last = lastAddress(networkAt(lastAddress(current), length))
  const value = (last.value + 1n) & ((1n << BigInt(last.bits)) - 1n)
  return value === 0n ? undefined : networkAt({ bits: last.bits, value }, length)
}
