/** Why a short port form (`[[IP:]HOST:]CONTAINER[/PROTOCOL]`) is refused; undefined when it is fine. */
export function portProblem(spec: string): string | undefined {
  const parts = spec.split(':')
  const container = parts.pop() ?? ''
  const host = parts.pop() ?? ''
  const ip = parts.join(':')
  const [port = '', protocol = ''] = cut(container, '/')
  if (port === '') return `no port specified: ${spec}<empty>`
  const proto = (protocol || 'tcp').toLowerCase()
  if (!['tcp', 'udp', 'sctp'].includes(proto)) return `invalid proto: ${proto}`
  const bare = ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip
  if (bare !== '' && !isAddress(bare)) return `invalid IP address: ${bare}`
  const inner = readRange(port)
  if (inner === undefined) return `invalid containerPort: ${port}`
  if (host === '') return undefined
  const outer = readRange(host)
  if (outer === undefined) return `invalid hostPort: ${host}`
  const [start, end] = inner
  if (end - start !== outer[1] - outer[0] && end !== start) {
    return `invalid ranges specified for container and host Ports: ${port} and ${host}`
  }
  return undefined
}

function cut(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function readRange(text: string): readonly [number, number] | undefined {
  const dash = text.indexOf('-', text.startsWith('-') ? 0 : 1)
  const first = dash < 0 ? text : text.slice(0, dash)
  const last = dash < 0 ? first : text.slice(dash + 1)
  const [start, end] = [readPort(first), readPort(last)]
  return start === undefined || end === undefined || end < start ? undefined : [start, end]
}

function readPort(text: string): number | undefined {
  if (!/^\+?\d+$/.test(text)) return undefined
  const value = Number(text)
  return value <= 65535 ? value : undefined
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

function isAddress(text: string): boolean {
  if (!text.includes(':')) return IPV4.test(text)
  const last = text.slice(text.lastIndexOf(':') + 1)
  const tail = last.includes('.')
    ? IPV4.test(last)
      ? `${text.slice(0, text.lastIndexOf(':') + 1)}0:0`
      : ''
    : text
  const sides = tail.split('::')
  if (tail === '' || sides.length > 2) return false
  const groups = sides.flatMap((side) => (side === '' ? [] : side.split(':')))
  const filled = sides.length === 2 ? groups.length <= 7 : groups.length === 8
  return filled && groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
}
