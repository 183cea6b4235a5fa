import type { ScalarValue } from './node.ts'
import { resolvePlain } from './scalar.ts'

const PREFIX = 'tag:yaml.org,2002:'

/** A scalar with an explicit tag; a text says why the tag does not fit. Unknown tags leave the text as it is. */
export function resolveTagged(tag: string, text: string): ScalarValue | string {
  const name = tag.startsWith(PREFIX)
    ? tag.slice(PREFIX.length)
    : tag.startsWith('!!')
      ? tag.slice(2)
      : undefined
  switch (name) {
    case 'int':
    case 'bool':
    case 'null':
      return fitted(name, resolvePlain(text), text)
    case 'float': {
      const value = resolvePlain(text)
      return value.type === 'int' ? { type: 'float', value: Number(value.value) } : fitted(name, value, text)
    }
    case 'timestamp': {
      const value = resolvePlain(text)
      return value.type === 'time' ? value : mismatch(value, text, name)
    }
    case 'binary':
      return readBinary(text)
    default:
      return { type: 'string', text }
  }
}

function fitted(name: string, value: ScalarValue, text: string): ScalarValue | string {
  return value.type === name ? value : mismatch(value, text, name)
}

function mismatch(value: ScalarValue, text: string, name: string): string {
  const found = value.type === 'string' ? 'str' : value.type === 'time' ? 'timestamp' : value.type
  return `cannot construct !!${found} \`${text}\` as a !!${name}`
}

function readBinary(text: string): ScalarValue | string {
  const compact = text.replace(/[\r\n]/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) {
    return '!!binary value contains invalid base64 data'
  }
  const bytes = Uint8Array.from(atob(compact), (char) => char.charCodeAt(0))
  return { type: 'string', text: new TextDecoder().decode(bytes) }
}
