import type { Span } from '../../core/source/source-file.ts'
import type { ComposeTarget } from '../definition.ts'
import { entryOf, isNull, type Node, scalarText, stringOf } from './node.ts'
import { refuse, type Stop } from './stop.ts'

/** Bake's own keys of a `build` section (spec bake 9.3). */
export interface XBake {
  readonly lists: Readonly<Record<ListName, readonly string[]>>
  readonly ssh: ComposeTarget['ssh']
  readonly contexts: ReadonlyMap<string, string>
  readonly pull: boolean | undefined
  readonly noCache: boolean | undefined
}

type ListName = 'tags' | 'cacheFrom' | 'cacheTo' | 'secret' | 'platforms' | 'output' | 'noCacheFilter'

/** Reads `build.x-bake`; keys it does not know are ignored. */
export function readXBake(node: Node | undefined): XBake {
  if (node !== undefined && node.kind !== 'mapping' && !isNull(node)) throw mismatch(node, 'bake.xbake')
  const list = (key: string): readonly string[] => readList(entryOf(node, key))
  return {
    lists: {
      tags: list('tags'),
      cacheFrom: list('cache-from'),
      cacheTo: list('cache-to'),
      secret: list('secret'),
      platforms: list('platforms'),
      output: list('output'),
      noCacheFilter: list('no-cache-filter'),
    },
    ssh: list('ssh').map(readSsh),
    contexts: readTexts(entryOf(node, 'contexts')),
    pull: readSwitch(entryOf(node, 'pull')),
    noCache: readSwitch(entryOf(node, 'no-cache')),
  }
}

/** A list of texts, or one text that is split at white space. */
function readList(node: Node | undefined): readonly string[] {
  if (node === undefined || isNull(node)) return []
  if (node.kind === 'sequence') return node.items.map((item) => textOf(item, 'string'))
  const text = textOf(node, 'string').trim()
  return text === '' ? [] : text.split(/\s+/)
}

function textOf(node: Node, wanted: string): string {
  if (node.kind === 'scalar') return scalarText(node) ?? ''
  throw mismatch(node, wanted)
}

function readTexts(node: Node | undefined): ReadonlyMap<string, string> {
  if (node === undefined || isNull(node)) return new Map()
  if (node.kind !== 'mapping') throw mismatch(node, 'bake.stringMap')
  return new Map([...node.entries].map(([key, { value }]) => [key, textOf(value, 'string')] as const))
}

const ON = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'])
const OFF = new Set(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'])

/** True and false; of texts only YAML 1.1's other words are taken, as the reference does. */
function readSwitch(node: Node | undefined): boolean | undefined {
  if (node === undefined || isNull(node)) return undefined
  if (node.kind === 'scalar' && node.value.type === 'bool') return node.value.value
  const text = stringOf(node)
  if (text !== undefined && ON.has(text)) return true
  if (text !== undefined && OFF.has(text)) return false
  throw mismatch(node, 'bool')
}

function readSsh(text: string): ComposeTarget['ssh'][number] {
  const equals = text.indexOf('=')
  if (equals < 0) return { id: text, paths: [] }
  return { id: text.slice(0, equals), paths: text.slice(equals + 1).split(',') }
}

function mismatch(node: Node, wanted: string): Stop {
  const tags = { mapping: '!!map', sequence: '!!seq', scalar: scalarTag(node) }
  const shown = node.kind === 'scalar' ? ` \`${scalarText(node) ?? ''}\`` : ''
  const why = `yaml: unmarshal errors:\n  line 1: cannot unmarshal ${tags[node.kind]}${shown} into ${wanted}`
  const hint =
    wanted === 'bool' ? 'write true or false, without quotes' : 'see the x-bake keys and their forms'
  return refuse('compose/x-bake', why, { at: node.span satisfies Span, hints: [hint] })
}

function scalarTag(node: Node): string {
  if (node.kind !== 'scalar' || node.value.type === 'string') return '!!str'
  return node.value.type === 'time' ? '!!timestamp' : `!!${node.value.type}`
}
