import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { splitPositionals } from '../../src/cli/commands/bake-options.ts'

const test = suite('cli/bake-positionals')
const url = 'https://example.com/r.git'
const LOCAL = { cmdContext: 'cwd://' }

const cases = [
  { name: 'nothing', words: [], want: { ...LOCAL, targets: [] } },
  { name: 'targets only', words: ['a', 'b'], want: { ...LOCAL, targets: ['a', 'b'] } },
  { name: 'a URL', words: [url], want: { ...LOCAL, remoteUrl: url, targets: [] } },
  { name: 'a URL and a target', words: [url, 'a'], want: { ...LOCAL, remoteUrl: url, targets: ['a'] } },
  {
    name: 'a URL, a context and a target',
    words: [url, 'https://example.com/x', 'a'],
    want: { remoteUrl: url, cmdContext: 'https://example.com/x', targets: ['a'] },
  },
  { name: 'a URL behind a target', words: ['a', url], want: { ...LOCAL, targets: ['a', url] } },
  {
    name: 'user@host:path',
    words: ['git@example.com:r.git', 'a'],
    want: { ...LOCAL, remoteUrl: 'git@example.com:r.git', targets: ['a'] },
  },
  { name: 'a path', words: ['./r.git'], want: { ...LOCAL, targets: ['./r.git'] } },
] as const

for (const { name, words, want } of cases) {
  test(`${name}: definition, context and targets`, () => assert.equal(splitPositionals(words), want))
}

test.run()
