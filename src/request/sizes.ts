const UNITS: Readonly<Record<string, number>> = { b: 0, k: 1, m: 2, g: 3, t: 4, p: 5 }

/** Bytes of a size such as `64m`, `1.5g`, `1024` in powers of 1024; undefined when it is not a size. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp])?i?b?$/i.exec(text.trim())
  if (!match) return undefined
  return Math.trunc(Number(match[1]) * 1024 ** (UNITS[(match[2] ?? 'b').toLowerCase()] ?? 0))
}

/** `name=soft[:hard]` with the hard limit filled in, as the frontend wants it. */
export function normalizeUlimit(text: string): string {
  const [name = '', limits = ''] = text.split('=')
  const [soft = '', hard] = limits.split(':')
  return `${name}=${soft}:${hard === undefined || hard === '' ? soft : hard}`
}
