import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { followPaths, type LinkReader } from '../../../src/buildkit/fsync/follow-paths.ts'

const test = suite('buildkit/fsync/follow-paths')

/** A tree given by its links; other paths are plain files. */
function treeOf(
  links: Readonly<Record<string, string>>,
  names: Readonly<Record<string, string[]>> = {},
): LinkReader {
  return { linkTarget: (path) => links[path], names: (dir) => names[dir] ?? [] }
}

const cases: readonly { name: string; paths: string[]; tree: LinkReader; want: string[] | undefined }[] = [
  { name: 'plain paths stay', paths: ['b', 'a/c'], tree: treeOf({}), want: ['a/c', 'b'] },
  { name: 'paths are cleaned', paths: ['/a//b/', './c'], tree: treeOf({}), want: ['a/b', 'c'] },
  { name: 'a link brings its target', paths: ['l'], tree: treeOf({ l: 'd/f' }), want: ['d/f', 'l'] },
  {
    name: 'a target is relative to the link',
    paths: ['d/l'],
    tree: treeOf({ 'd/l': '../x' }),
    want: ['d/l', 'x'],
  },
  {
    name: 'an absolute target starts at the root',
    paths: ['d/l'],
    tree: treeOf({ 'd/l': '/x' }),
    want: ['d/l', 'x'],
  },
  { name: 'nothing leads above the root', paths: ['l'], tree: treeOf({ l: '../../x' }), want: ['l', 'x'] },
  {
    name: 'a link on the way keeps the rest of the path',
    paths: ['l/f'],
    tree: treeOf({ l: 'd' }),
    want: ['d/f', 'l'],
  },
  {
    name: 'links of links are followed',
    paths: ['a'],
    tree: treeOf({ a: 'b', b: 'c' }),
    want: ['a', 'b', 'c'],
  },
  { name: 'a circle ends', paths: ['a'], tree: treeOf({ a: 'b', b: 'a' }), want: ['a', 'b'] },
  {
    name: 'children of a followed path are dropped',
    paths: ['a', 'a/b', 'a-b'],
    tree: treeOf({}),
    want: ['a', 'a-b'],
  },
  { name: 'the root means everything', paths: ['a', '.'], tree: treeOf({}), want: undefined },
  { name: 'a link to the root means everything', paths: ['l'], tree: treeOf({ l: '/' }), want: undefined },
  {
    name: 'a wildcard follows the links it matches and stays as a pattern',
    paths: ['l*'],
    tree: treeOf({ l1: 'x', other: 'y' }, { '.': ['l1', 'l2', 'other'] }),
    want: ['l*', 'x'],
  },
  {
    name: 'a wildcard directory follows links inside',
    paths: ['d/*.txt'],
    tree: treeOf({ 'd/a.txt': 'real' }, { d: ['a.txt', 'b'] }),
    want: ['d/*.txt', 'd/real'],
  },
]
for (const c of cases) test(c.name, () => assert.equal(followPaths(c.paths, c.tree), c.want))

test.run()
