import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readIgnoreFile } from '../../../src/buildkit/fsync/ignore-file.ts'
import { isSelected, PatternList } from '../../../src/buildkit/fsync/pattern-list.ts'

const test = suite('buildkit/fsync/pattern')

/** One pattern against paths it selects and paths it does not. */
const cases: readonly { pattern: string; yes: readonly string[]; no: readonly string[] }[] = [
  { pattern: 'a', yes: ['a', 'a/b/c'], no: ['b', 'b/a', 'ab'] },
  { pattern: 'a/b', yes: ['a/b', 'a/b/c'], no: ['a', 'x/a/b', 'a/bc'] },
  { pattern: '*', yes: ['a', 'a/b', '.hidden'], no: [] },
  { pattern: '*.go', yes: ['x.go', '.go'], no: ['a/x.go', 'x.got', 'xgo'] },
  { pattern: 'a/*', yes: ['a/b', 'a/b/c'], no: ['a', 'ab/c'] },
  { pattern: 'a/*/c', yes: ['a/b/c'], no: ['a/c', 'a/b/b/c'] },
  { pattern: '?at', yes: ['cat', 'bat'], no: ['at', 'chat', '/at'] },
  { pattern: '[a-c]x', yes: ['ax', 'cx'], no: ['dx', 'x'] },
  { pattern: '[^a-c]x', yes: ['dx'], no: ['ax'] },
  { pattern: '[!-]x', yes: ['!x', '-x'], no: ['ax'] },
  { pattern: '\\*x', yes: ['*x'], no: ['ax', '\\x'] },
  { pattern: '**', yes: ['a', 'a/b'], no: [] },
  { pattern: '**/a', yes: ['a', 'x/a', 'x/y/a', 'x/a/b'], no: ['xa', 'x/ya'] },
  { pattern: '**/*.md', yes: ['r.md', 'd/r.md'], no: ['r.mdx'] },
  { pattern: 'a/**', yes: ['a/b', 'a/b/c'], no: ['a', 'ab'] },
  { pattern: 'a/**/z', yes: ['a/z', 'a/b/z', 'a/b/c/z'], no: ['a', 'az', 'a/bz'] },
  { pattern: '**/a/**', yes: ['a/b', 'x/a/b'], no: ['a', 'x/a'] },
  { pattern: '**a', yes: ['a', 'xa', 'x/a', 'x/ya'], no: ['ab', 'x'] },
  { pattern: 'a**', yes: ['a', 'ab', 'a/b', 'ab/c'], no: ['ba'] },
  { pattern: 'a.b+c(d)|{e}$', yes: ['a.b+c(d)|{e}$'], no: ['axb+c(d)|{e}$'] },
  { pattern: 'é*', yes: ['école'], no: ['ecole'] },
  { pattern: '?', yes: ['\u{1f600}'], no: ['\u{1f600}\u{1f600}'] },
  { pattern: './a//b/', yes: ['a/b'], no: ['a'] },
  { pattern: ' a ', yes: ['a'], no: [' a '] },
  { pattern: 'A', yes: ['A'], no: ['a'] },
]
for (const c of cases) {
  test(`${JSON.stringify(c.pattern)} selects by the rules of ignore files`, () => {
    const list = new PatternList([c.pattern])
    for (const path of c.yes) assert.ok(isSelected(list, path), `should select ${path}`)
    for (const path of c.no) assert.not(isSelected(list, path), `should not select ${path}`)
  })
}

const lists: readonly { name: string; patterns: string[]; path: string; want: boolean }[] = [
  {
    name: 'an exception wins when it comes later',
    patterns: ['*.md', '!README.md'],
    path: 'README.md',
    want: false,
  },
  {
    name: 'an exception loses when it comes first',
    patterns: ['!README.md', '*.md'],
    path: 'README.md',
    want: true,
  },
  {
    name: 'an exception reaches into a directory',
    patterns: ['docs', '!docs/a.md'],
    path: 'docs/a.md',
    want: false,
  },
  {
    name: 'the rest of that directory stays out',
    patterns: ['docs', '!docs/a.md'],
    path: 'docs/b.md',
    want: true,
  },
  {
    name: 'an exception for a directory holds below it',
    patterns: ['**', '!src'],
    path: 'src/a/b',
    want: false,
  },
  {
    name: 'a later pattern takes from an exception again',
    patterns: ['**', '!src', 'src/*.tmp'],
    path: 'src/x.tmp',
    want: true,
  },
  { name: 'an empty list selects nothing', patterns: ['', '  '], path: 'a', want: false },
]
for (const c of lists) test(c.name, () => assert.is(isSelected(new PatternList(c.patterns), c.path), c.want))

for (const bad of ['[', 'a[b', 'x\\', '!']) {
  test(`the malformed pattern ${JSON.stringify(bad)} is refused`, () => {
    assert.throws(() => new PatternList([bad]), /invalid pattern/)
  })
}

const below: readonly { pattern: string; reaches: string[]; not: string[] }[] = [
  { pattern: 'a/b/c', reaches: ['a', 'a/b'], not: ['b', 'a/c', 'a/b/c/d'] },
  { pattern: 'a/*/c', reaches: ['a', 'a/x'], not: ['b', 'a/x/c/d'] },
  { pattern: '**/c', reaches: ['a', 'a/b/c/d'], not: [] },
  { pattern: 'a/**/c', reaches: ['a', 'a/b/c/d'], not: ['b'] },
  { pattern: '*.go', reaches: [], not: ['a/b'] },
]
for (const c of below) {
  test(`directories that ${c.pattern} cannot reach are not looked into`, () => {
    const list = new PatternList([c.pattern])
    for (const dir of c.reaches) assert.ok(list.maySelectBelow(dir), `reaches below ${dir}`)
    for (const dir of c.not) assert.not(list.maySelectBelow(dir), `does not reach below ${dir}`)
  })
}

const ignoreFiles: readonly { name: string; text: string; want: string[] }[] = [
  { name: 'blank lines and comments do not count', text: '# no\n\n  \na\n#b\n', want: ['a'] },
  { name: 'only a first column makes a comment', text: ' #a', want: ['#a'] },
  { name: 'a byte order mark and carriage returns are dropped', text: '\ufeffa\r\nb\r\n', want: ['a', 'b'] },
  { name: 'slashes at both ends mean nothing', text: '/a/\n/\n', want: ['a', '/'] },
  { name: 'patterns are cleaned', text: './a/../b//c', want: ['b/c'] },
  { name: 'exceptions keep their mark', text: '! /a/ ', want: ['!a'] },
]
for (const c of ignoreFiles)
  test(`ignore file: ${c.name}`, () => assert.equal(readIgnoreFile(c.text), c.want))

test.run()
