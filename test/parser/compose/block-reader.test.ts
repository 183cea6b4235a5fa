import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FileId, SourceFile } from '../../../src/core/source/source-file.ts'
import { readBlocks } from '../../../src/parser/compose/block-reader.ts'
import { readDocuments } from '../../../src/parser/compose/documents.ts'
import type { Node } from '../../../src/parser/compose/node.ts'
import { Stop } from '../../../src/parser/compose/stop.ts'
import { repoRoot } from '../../harness/golden.ts'

const test = suite('parser/compose/block-reader')

function fileOf(text: string): SourceFile {
  return { id: 0 as FileId, name: 'compose.yaml', text }
}

/** The tree with the places of keys and scalars; collections, blocks and nulls have no sharp ends. */
function plain(node: Node, text: string): unknown {
  if (node.kind === 'sequence') return node.items.map((item) => plain(item, text))
  if (node.kind === 'mapping') {
    return [...node.entries].map(([key, { value, keySpan }]) => [
      key,
      keySpan.start,
      keySpan.end,
      plain(value, text),
    ])
  }
  const { value, span } = node
  const shown = Object.entries(value).map(([key, part]) => [key, String(part)])
  return value.type === 'null' ? null : [shown, span.start, text[span.start] === '|' ? '' : span.end]
}

/** Whether the quick reader took the text; when it did, both readers must agree. */
function agree(text: string): boolean {
  const quick = readBlocks(fileOf(text))
  if (quick === undefined) return false
  const documents = full(text)
  assert.is(documents?.length, 1, `the full reader refuses:\n${text}`)
  assert.equal(documents?.[0]?.cleared, [])
  assert.equal(plain(quick, text), plain(documents?.[0]?.root ?? quick, text), text)
  return true
}

function full(text: string): ReturnType<typeof readDocuments> | undefined {
  try {
    return readDocuments(fileOf(text), '')
  } catch (reason) {
    if (reason instanceof Stop) return undefined
    throw reason
  }
}

const taken: readonly (readonly [name: string, text: string])[] = [
  ['mappings and lists', 'a:\n  b: 1\n  c:\n    - x\n    - y: 2\n      z: 3\nd:\n- 1\n- 2\n'],
  ['nothing below a key', 'a:\nb:\n  c:\n  d: ~\n'],
  ['comments everywhere', '# one\na: 1 # two\n# three\nb: # four\n  # five\n  c: "#" # six\n'],
  ['quotes', `a: "x: y"\nb: 'it''s'\nc: ''\nd: "# no"\n`],
  ['plain texts', 'a: http://x:80/y#z\nb: a,b [c] {d}\nc: -x\nd: $' + '{A:-b}/c\ne: x y  z   # c\n'],
  ['flow lists', 'a: []\nb: [1, "two", three four, -x]\nc: {}\n'],
  ['one document marker', '# c\n---\na: 1\n'],
  ['literal blocks', 'a: |\n  one\n\n    two\n  # three\nb: |-\n  x\n\nc: |+\n  y\n\nd: 1\n'],
  ['anchors and aliases', 'x: &x\n  a: 1\ny: &y [1, 2]\nz: *x\nw:\n  <<: *x\n  b: *y\n'],
  ['several merged mappings', 'x: &x\n  a: 1\ny: &y\n  a: 2\n  b: 3\nz:\n  <<: [*y, *x]\n  c: 4\n'],
  ['an anchor used again', 'x: &x 1\ny: *x\nz: &x 2\nw: *x\n'],
]

const left: readonly (readonly [name: string, text: string])[] = [
  ['a tab', 'a:\n\tb: 1\n'],
  ['windows line ends', 'a: 1\r\n'],
  ['a repeated key', 'a: 1\na: 2\n'],
  ['a text over two lines', 'a: one\n  two\n'],
  ['uneven indentation', 'a:\n    b: 1\n  c: 2\n'],
  ['a nested colon', 'a: b: c\n'],
  ['a tag', 'a: !reset null\n'],
  ['escapes', 'a: "\\n"\n'],
  ['a folded block', 'a: >\n  x\n'],
  ['a flow mapping', 'a: {b: 1}\n'],
  ['a second document', 'a: 1\n---\nb: 2\n'],
  ['an unknown alias', 'a: *x\n'],
  ['an alias in its own value', 'a: &x\n  b: *x\n'],
  ['a key that is no text', 'true: 1\n'],
  ['a number as key', '1: 2\n'],
  ['a list at the top', '- a\n'],
  ['nothing at all', '# only this\n'],
  ['a block without a last line break', 'a: |\n  x'],
]

for (const [name, text] of taken) test(`takes ${name}`, () => assert.ok(agree(text)))
for (const [name, text] of left) test(`leaves ${name}`, () => assert.is(readBlocks(fileOf(text)), undefined))

test('agrees with the full reader on every fixture and example', () => {
  let count = 0
  for (const folder of ['fixtures/compose', 'examples']) {
    for (const name of readdirSync(join(repoRoot, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.ya?ml$/.test(name)) continue
      if (agree(readFileSync(join(repoRoot, folder, name), 'utf8'))) count += 1
    }
  }
  assert.ok(count > 50, `only ${count} files were taken`)
})

test('agrees with the full reader on texts put together by chance', () => {
  const lines = [
    'a: 1',
    'b:',
    '  c: x',
    '  - y',
    '- z',
    '  d: "q"',
    '# c',
    '',
    '    e: [1, 2]',
    'f: |',
    '  <<: *n',
    'g: &n',
    '   h: *n',
    "i: 'w",
    ' j: k',
  ]
  let seed = 7
  let count = 0
  for (let n = 0; n < 3000; n++) {
    const text: string[] = []
    for (let i = 0; i < 5; i++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      text.push(lines[Math.floor(seed / 65_536) % lines.length] ?? '')
    }
    if (agree(`${text.join('\n')}\n`)) count += 1
  }
  assert.ok(count > 50, `only ${count} texts were taken`)
})

test.run()
