import type { Span } from '../../core/source/source-file.ts'
import { checkBuild } from './gen/check-build.ts'
import { entryOf, floatText, type MappingNode, type Node } from './node.ts'
import type { SchemaError } from './schema-check.ts'
import { refuse } from './stop.ts'

/** Checks a filtered model against schemas/compose-build.schema.json; the deepest complaint is the one reported. */
export function validate(model: MappingNode): void {
  if (checkBuild(plain(model))) return
  const errors = checkBuild.errors ?? []
  const worst = mostSpecific(errors)
  if (worst === undefined) return
  const path = partsOf(worst)
  const place = path.join('.')
  const { text, hint } = describe(worst, errors)
  throw refuse('compose/schema', `${place} ${text}`, { at: spanAt(model, path, worst), hints: [hint] })
}

/** A tree as JSON has it: this is what the reference validates. */
function plain(node: Node): unknown {
  if (node.kind === 'sequence') return node.items.map(plain)
  if (node.kind === 'mapping') {
    const object: Record<string, unknown> = {}
    for (const [key, { value }] of node.entries) {
      if (key !== '__proto__') object[key] = plain(value)
    }
    return object
  }
  const { value } = node
  switch (value.type) {
    case 'string':
      return value.text
    case 'int':
      return Number(value.value)
    case 'time':
      return value.json
    case 'null':
      return null
    case 'float':
      if (Number.isFinite(value.value)) return value.value
      throw refuse('compose/not-finite', `json: unsupported value: ${floatText(value.value)}`, {
        at: node.span,
        hints: ['put it in quotes if it is meant as a text'],
      })
    default:
      return value.value
  }
}

/** The first of the deepest complaints; an unknown key counts one level deeper than the mapping it is in. */
function mostSpecific(errors: readonly SchemaError[]): SchemaError | undefined {
  let best: SchemaError | undefined
  let bestDepth = -1
  for (const error of errors) {
    // What a choice complains about itself is only that none of its branches fits.
    if (error.keyword === 'oneOf') continue
    const depth = partsOf(error).length + (error.keyword === 'additionalProperties' ? 1 : 0)
    if (depth > bestDepth) {
      best = error
      bestDepth = depth
    }
  }
  return best
}

function partsOf(error: SchemaError): readonly string[] {
  if (error.instancePath === '') return []
  const parts = error.instancePath.slice(1).split('/')
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function describe(
  error: SchemaError,
  errors: readonly SchemaError[],
): { readonly text: string; readonly hint: string } {
  switch (error.keyword) {
    case 'type': {
      const want = humanType(error.params['type'])
      return { text: `must be a ${want}`, hint: `write ${plainWords(error.params['type'])}` }
    }
    case 'additionalProperties': {
      const names = namesOf(errors, error, 'additionalProperty')
      return {
        text: `additional properties ${names.map(quoted).join(', ')} not allowed`,
        hint: 'correct the spelling, or begin the name with x- to have it ignored',
      }
    }
    case 'required': {
      const names = namesOf(errors, error, 'missingProperty')
      const noun = names.length === 1 ? 'property' : 'properties'
      return { text: `missing ${noun} ${names.map(quoted).join(', ')}`, hint: `add ${names.join(' and ')}` }
    }
    case 'uniqueItems': {
      const [i, j] = [Number(error.params['i']), Number(error.params['j'])]
      return {
        text: `items at ${Math.min(i, j)} and ${Math.max(i, j)} are equal`,
        hint: 'keep one of the two',
      }
    }
    default:
      return { text: 'does not fit', hint: 'see the Compose build specification' }
  }
}

function namesOf(errors: readonly SchemaError[], like: SchemaError, param: string): readonly string[] {
  const same = errors.filter((one) => one.keyword === like.keyword && one.instancePath === like.instancePath)
  return [...new Set(same.map((one) => String(one.params[param])))].sort()
}

function quoted(name: string): string {
  return `'${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

const PLAIN: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'nothing',
  number: 'a number',
  object: 'a mapping',
  string: 'a text, in quotes if it looks like a number',
}

function plainWords(type: unknown): string {
  const names = (Array.isArray(type) ? type : [type]).map((name) => PLAIN[String(name)] ?? String(name))
  return names.join(', or ')
}

function humanType(type: unknown): string {
  const names = (Array.isArray(type) ? type : [type]).map((name) =>
    name === 'object' ? 'mapping' : String(name),
  )
  if (names.length === 1) return names[0] ?? ''
  names.sort()
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function spanAt(model: MappingNode, path: readonly string[], error: SchemaError): Span {
  let node: Node = model
  for (const part of path) {
    const inner: Node | undefined = node.kind === 'sequence' ? node.items[Number(part)] : entryOf(node, part)
    if (inner === undefined) break
    node = inner
  }
  const extra = error.params['additionalProperty']
  const entry = node.kind === 'mapping' && typeof extra === 'string' ? node.entries.get(extra) : undefined
  return entry?.keySpan ?? node.span
}
