import { parseBytes } from '../core/go/bytes.ts'

/** Bytes of a size such as `64m`; 0 for a text that is none, which the planner has refused before. */
export function sizeBytes(text: string | undefined): number {
  const parsed = text === undefined ? undefined : parseBytes(text)
  return parsed?.ok ? parsed.value : 0
}

/** `name=soft[:hard]` with the hard limit filled in, as the frontend wants it. */
export function normalizeUlimit(text: string): string {
  const [name = '', limits = ''] = text.split('=')
  const [soft = '', hard] = limits.split(':')
  return `${name}=${soft}:${hard === undefined || hard === '' ? soft : hard}`
}
