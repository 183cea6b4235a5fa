import { quote } from '../../core/go/quote.ts'
import { parsePlatform } from '../../core/oci/platform.ts'

const TYPES: ReadonlySet<string> = new Set(['index', 'manifest', 'index-descriptor', 'manifest-descriptor'])
const TYPE = /^([a-z-]+)(?:\[([A-Za-z0-9_/-]+)\])?$/

/** What is wrong with an annotation `[type[platform][,...]:]key=value`, or undefined (spec bake 2.4). */
export function annotationProblem(text: string): string | undefined {
  const equals = text.indexOf('=')
  if (equals < 0) return `invalid annotation ${quote(text)}, expected key=value`
  const key = text.slice(0, equals)
  const colon = key.indexOf(':')
  if (colon < 0) return undefined
  for (const part of key.slice(0, colon).split(',')) {
    const found = TYPE.exec(part)
    if (found === null) {
      return `invalid annotation type ${quote(part)}, expected type and optional platform in square brackets`
    }
    const [, type = '', platform] = found
    if (!TYPES.has(type)) return `unknown annotation type ${quote(type)}`
    const read = platform === undefined ? undefined : parsePlatform(platform)
    if (read?.ok === false) return `invalid platform ${quote(platform ?? '')}: ${read.message}`
  }
  return undefined
}
