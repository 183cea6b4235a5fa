const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const SHAPE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Bytes in the standard alphabet with padding. */
export function toBase64(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const left = Math.min(3, bytes.length - i)
    for (let k = 0; k < 4; k++) out += k <= left ? ALPHABET[(group >> (18 - 6 * k)) & 63] : '='
  }
  return out
}

/** Bytes of a standard, padded base64 text; line breaks may stand anywhere. Undefined when malformed. */
export function fromBase64(text: string): Uint8Array | undefined {
  const compact = text.replaceAll(/[\r\n]/g, '')
  if (!SHAPE.test(compact)) return undefined
  const padding = compact.endsWith('==') ? 2 : compact.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((compact.length / 4) * 3 - padding)
  let at = 0
  for (let i = 0; i < compact.length; i += 4) {
    let group = 0
    for (let k = 0; k < 4; k++) group = (group << 6) | Math.max(0, ALPHABET.indexOf(compact.charAt(i + k)))
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (group >> shift) & 255
  }
  return bytes
}
