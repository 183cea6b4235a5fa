import { quote } from '../../core/go/quote.ts'
import {
  boolNode,
  goType,
  isNull,
  type MappingEntry,
  type MappingNode,
  mappingNode,
  type Node,
  nullNode,
  printed,
  sequenceNode,
  stringOf,
  textNode,
  withEntry,
} from './node.ts'
import { portProblem } from './port.ts'
import { below, compileRules, type Rules } from './rules.ts'
import { refuse } from './stop.ts'
import { readVolume } from './volume.ts'
import type { Warnings } from './warnings.ts'

interface Place {
  readonly path: string
  readonly warnings: Warnings
}
type Former = (node: Node, place: Place) => Node

/** Attributes with a short form, and what their long form is (compose-go transform/canonical.go). */
const FORMS: Rules<Former> = compileRules<Former>({
  'services.*.build': toBuild,
  'services.*.build.secrets.*': toMount,
  'services.*.secrets.*': toMount,
  'services.*.configs.*': toMount,
  'services.*.build.provenance': toText,
  'services.*.build.sbom': toText,
  'services.*.build.additional_contexts': toContexts,
  'services.*.build.ssh': toSsh,
  'services.*.build.ulimits.*': checkLimit,
  'services.*.ulimits.*': checkLimit,
  'services.*.env_file': toEnvFiles,
  'services.*.extends': checkExtends,
  'services.*.depends_on': checkDependencies,
  'services.*.gpus': checkGpus,
  'services.*.networks': checkNames,
  'services.*.models': checkNames,
  'services.*.volumes.*': checkVolume,
  'services.*.devices.*': checkDevice,
  'services.*.ports': checkPorts,
  ...Object.fromEntries(
    ['volumes', 'networks', 'secrets', 'configs'].map((key) => [`${key}.*`, checkExternal]),
  ),
})

/** Writes short forms out and refuses forms that Compose does not know. */
export function toCanonical(root: MappingNode, warnings: Warnings): MappingNode {
  return formMapping(root, FORMS, { path: '', warnings })
}

function formMapping(node: MappingNode, rules: Rules<Former>, place: Place): MappingNode {
  let changed: Map<string, MappingEntry> | undefined
  for (const [key, entry] of node.entries) {
    const inner = below(rules, key)
    if (inner === undefined) continue
    const value = form(entry.value, inner, {
      ...place,
      path: place.path === '' ? key : `${place.path}.${key}`,
    })
    if (value === entry.value) continue
    changed ??= new Map(node.entries)
    changed.set(key, { value, keySpan: entry.keySpan })
  }
  return changed === undefined ? node : mappingNode(changed, node.span)
}

function form(node: Node, rules: Rules<Former>, place: Place): Node {
  const formed = rules.here === undefined ? node : rules.here(node, place)
  if (rules.any === undefined && rules.keys.size === 0) return formed
  if (formed.kind === 'mapping') return formMapping(formed, rules, place)
  if (formed.kind === 'scalar') return formed
  const inner = below(rules, '[]')
  if (inner === undefined) return formed
  const items = formed.items.map((item) => form(item, inner, { ...place, path: `${place.path}.[]` }))
  return items.some((item, i) => item !== formed.items[i]) ? sequenceNode(items, formed.span) : formed
}

function wrongType(node: Node, place: Place, what: string, hint: string): Error {
  return refuse(
    'compose/invalid-type',
    `${place.path}: invalid type ${goType(node)}${what === '' ? '' : ` for ${what}`}`,
    {
      at: node.span,
      hints: [hint],
    },
  )
}

function single(key: string, value: Node): MappingNode {
  return mappingNode(new Map([[key, { value, keySpan: value.span }]]), value.span)
}

function toBuild(node: Node, place: Place): Node {
  if (node.kind === 'mapping') return node
  if (stringOf(node) !== undefined) return single('context', node)
  throw wrongType(node, place, 'build', 'write a context folder, or a mapping with `context` and the like')
}

function toMount(node: Node, place: Place): Node {
  if (node.kind === 'mapping') return node
  if (stringOf(node) !== undefined) return single('source', node)
  throw refuse('compose/invalid-type', `${place.path}: unsupported type ${goType(node)}`, {
    at: node.span,
    hints: ['write a name, or a mapping with `source`'],
  })
}

function toText(node: Node): Node {
  return stringOf(node) === undefined ? textNode(printed(node), node.span) : node
}

function toContexts(node: Node, place: Place): Node {
  if (node.kind === 'mapping') return node
  if (node.kind !== 'sequence')
    throw wrongType(node, place, '', 'write a mapping of names to contexts, or a list of NAME=CONTEXT')
  const entries = new Map<string, MappingEntry>()
  for (const item of node.items) {
    const text = printed(item)
    const equals = text.indexOf('=')
    if (equals < 0) {
      throw refuse('compose/invalid-value', `${place.path}: invalid value ${text}, expected key=value`, {
        at: item.span,
      })
    }
    entries.set(text.slice(0, equals), {
      value: textNode(text.slice(equals + 1), item.span),
      keySpan: item.span,
    })
  }
  return mappingNode(entries, node.span)
}

function toSsh(node: Node, place: Place): Node {
  if (node.kind === 'mapping') return node
  if (node.kind !== 'sequence')
    throw wrongType(node, place, 'ssh', 'write a list such as [default] or [ID=PATH]')
  const entries = new Map<string, MappingEntry>()
  for (const item of node.items) {
    const text = stringOf(item)
    if (text === undefined)
      throw refuse('compose/invalid-type', `invalid ssh key type ${goType(item)}`, { at: item.span })
    const equals = text.indexOf('=')
    if (equals < 0 && text !== 'default') {
      throw refuse('compose/invalid-value', `invalid ssh key ${quote(text)}`, {
        at: item.span,
        hints: [`write ${text}=PATH`],
      })
    }
    const value = equals < 0 ? nullNode(item.span) : textNode(text.slice(equals + 1), item.span)
    entries.set(equals < 0 ? text : text.slice(0, equals), { value, keySpan: item.span })
  }
  return mappingNode(entries, node.span)
}

function checkLimit(node: Node, place: Place): Node {
  if (node.kind === 'mapping' || goType(node) === 'int') return node
  throw wrongType(node, place, 'external', 'write a number, or a mapping with `soft` and `hard`')
}

function toEnvFiles(node: Node, place: Place): Node {
  if (stringOf(node) !== undefined) return sequenceNode([toEnvFile(node)], node.span)
  if (node.kind === 'sequence') return sequenceNode(node.items.map(toEnvFile), node.span)
  throw wrongType(node, place, 'env_file', 'write a file name or a list of them')
}

function toEnvFile(node: Node): Node {
  if (node.kind === 'mapping') {
    return node.entries.has('required') ? node : withEntry(node, 'required', boolNode(true, node.span))
  }
  if (stringOf(node) === undefined) return nullNode(node.span)
  return withEntry(single('path', node), 'required', boolNode(true, node.span))
}

function checkExtends(node: Node, place: Place): Node {
  if (node.kind === 'mapping') return node
  if (stringOf(node) !== undefined) return single('service', node)
  throw wrongType(node, place, 'extends', 'name a service')
}

function checkDependencies(node: Node, place: Place): Node {
  if (node.kind === 'sequence') return checkNames(node)
  if (node.kind !== 'mapping') throw wrongType(node, place, 'depend_on', 'write a list of services')
  for (const [key, { value }] of node.entries) {
    if (value.kind === 'mapping') continue
    throw refuse('compose/invalid-type', `${place.path}.${key}: unsupported value ${printed(node)}`, {
      at: value.span,
    })
  }
  return node
}

function checkGpus(node: Node, place: Place): Node {
  if (node.kind === 'sequence' || stringOf(node) !== undefined) return node
  throw wrongType(node, place, 'gpus', 'write `all`, or a list of device requests')
}

function checkNames(node: Node): Node {
  if (node.kind !== 'sequence') return node
  const wrong = node.items.find((item) => stringOf(item) === undefined)
  if (wrong === undefined) return node
  throw refuse('compose/invalid-type', `invalid type ${goType(wrong)} for a name`, {
    at: wrong.span,
    hints: ['put the name in quotes'],
  })
}

function checkVolume(node: Node, place: Place): Node {
  const text = stringOf(node)
  if (text !== undefined) readVolume(text, node.span)
  else if (node.kind !== 'mapping')
    throw wrongType(node, place, 'service volume mount', 'write SOURCE:TARGET, or a mapping')
  else if (stringOf(node.entries.get('type')?.value) === 'bind' && !node.entries.has('source')) {
    const why = 'invalid mount config for type "bind": field Source must not be empty'
    throw refuse('compose/missing-source', why, { at: node.span, hints: ['add `source`'] })
  }
  return node
}

function checkDevice(node: Node, place: Place): Node {
  const text = stringOf(node)
  if (text === undefined && node.kind !== 'mapping')
    throw wrongType(node, place, 'service volume mount', 'write HOST:CONTAINER')
  if (text !== undefined && text.split(':').length > 3) {
    const why = `confusing device mapping, please use long syntax: ${text}`
    throw refuse('compose/bad-device', why, {
      at: node.span,
      hints: ['write a mapping with `source` and `target`'],
    })
  }
  return node
}

function checkPorts(node: Node, place: Place): Node {
  if (node.kind !== 'sequence') throw wrongType(node, place, 'port', 'write a list')
  for (const item of node.items) {
    if (item.kind === 'mapping') continue
    const text = goType(item) === 'int' ? printed(item) : stringOf(item)
    if (text === undefined) throw wrongType(item, place, 'port', 'put the port in quotes')
    const why = portProblem(text)
    if (why !== undefined)
      throw refuse('compose/bad-port', why, {
        at: item.span,
        hints: ['write [[IP:]HOST:]CONTAINER[/PROTOCOL]'],
      })
  }
  return node
}

function checkExternal(node: Node, place: Place): Node {
  if (isNull(node)) return node
  if (node.kind !== 'mapping') {
    throw refuse('compose/invalid-type', `${place.path} must be a mapping`, {
      at: node.span,
      hints: ['write a mapping'],
    })
  }
  const external = node.entries.get('external')?.value
  if (external?.kind !== 'mapping') return node
  const marked = withEntry(node, 'external', boolNode(true, external.span))
  const named = external.entries.get('name')?.value
  if (named === undefined) return marked
  const why = `${place.path}: external.name is deprecated. Please set name and external: true`
  place.warnings.add('compose/external-name', why, named.span)
  const own = node.entries.get('name')?.value
  if (own === undefined) return withEntry(marked, 'name', named)
  if (printed(own) === printed(named)) return marked
  throw refuse('compose/external-name', `${place.path}: name and external.name conflict; only use name`, {
    at: named.span,
  })
}
