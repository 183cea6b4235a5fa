import { goType, type Node, printed, stringOf } from './node.ts'
import { decodeFailure } from './values.ts'

/** Host names and their addresses, joined by commas (spec bake 9.2); brackets around addresses go. */
export function readHosts(node: Node | undefined, place: string): ReadonlyMap<string, string> {
  const hosts = new Map<string, string[]>()
  if (node?.kind === 'mapping') {
    for (const [name, { value }] of node.entries) {
      const ips = value.kind === 'sequence' ? value.items.map(printed) : [stringOf(value)]
      if (ips.includes(undefined)) {
        throw decodeFailure(
          place,
          `unexpected value type ${goType(node)} for extra_hosts entry`,
          value.span,
          'put the address in quotes',
        )
      }
      hosts.set(name, ips as string[])
    }
  }
  if (node?.kind === 'sequence') for (const item of node.items) addHost(hosts, item, place)
  for (const name of hosts.keys()) {
    if (name === '' || /[:=]/.test(name))
      throw decodeFailure(place, `bad host name '${name}'`, node?.span ?? NOWHERE, 'write NAME=ADDRESS')
  }
  return new Map([...hosts].map(([name, ips]) => [name, ips.map(withoutBrackets).join(',')] as const))
}

const NOWHERE = { file: 0, start: 0, end: 0 } as Node['span']

function addHost(hosts: Map<string, string[]>, item: Node, place: string): void {
  const text = printed(item)
  const at = text.includes('=') ? text.indexOf('=') : text.indexOf(':')
  if (at < 0)
    throw decodeFailure(
      place,
      `invalid additional host, missing IP: ${text}`,
      item.span,
      `write ${text}=ADDRESS`,
    )
  const name = text.slice(0, at)
  hosts.set(name, [...(hosts.get(name) ?? []), ...text.slice(at + 1).split(',')])
}

function withoutBrackets(ip: string): string {
  return ip.length > 2 && ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip
}
