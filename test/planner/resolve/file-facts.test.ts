import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  checkFiles,
  type PathFact,
  SECRET_LIMIT_BYTES,
  wantedPaths,
} from '../../../src/planner/resolve/file-facts.ts'
import { target } from '../bake-rows.ts'
import { bakeText } from '../bake-text.ts'

interface Row {
  readonly name: string
  readonly body: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly paths?: Readonly<Record<string, PathFact>>
  readonly terminal?: boolean
  readonly wanted?: readonly string[]
  readonly error?: string
}

const missing: PathFact = { kind: 'missing', reason: 'no such file or directory' }
const file: PathFact = { kind: 'file', sizeBytes: 10 }
const agent = 'failed to convert agent config {default [] false}'
const keys = (paths: string): string =>
  `failed to convert agent config {k [${paths}] false}: failed to convert agent config for ID: "k"`

const rows: readonly Row[] = [
  {
    name: 'a missing secret file',
    body: ['secret = ["id=a,src=/nonexist"]'],
    paths: { '/nonexist': missing },
    wanted: ['secret /nonexist'],
    error: 'failed to stat /nonexist: stat /nonexist: no such file or directory',
  },
  { name: 'a secret named like a variable', body: ['secret = ["id=KEY"]'], env: { KEY: '' }, wanted: [] },
  {
    name: 'a secret named like nothing is a file',
    body: ['secret = ["id=KEY"]'],
    paths: { KEY: missing },
    wanted: ['secret KEY'],
    error: 'failed to stat KEY: stat KEY: no such file or directory',
  },
  { name: 'a secret from a variable is not looked up', body: ['secret = ["id=KEY,env=X"]'], wanted: [] },
  {
    name: 'a large secret',
    body: ['secret = ["id=a,src=f"]'],
    paths: { f: { kind: 'file', sizeBytes: SECRET_LIMIT_BYTES + 1 } },
    error: 'secret a too big. max size 500KB',
  },
  {
    name: 'no agent',
    body: ['ssh = ["default"]'],
    wanted: [],
    error: `${agent}: invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set`,
  },
  {
    name: 'an agent',
    body: ['ssh = ["default"]'],
    env: { SSH_AUTH_SOCK: '/s' },
    paths: { '/s': { kind: 'socket' } },
    wanted: ['ssh /s'],
  },
  {
    name: 'a git context over ssh needs the agent',
    body: ['context = "git@h:x.git"'],
    error: `${agent}: invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set`,
  },
  {
    name: 'a missing key',
    body: ['ssh = ["k=a,b"]'],
    paths: { a: missing },
    wanted: ['ssh a', 'ssh b'],
    error: `${keys('a b')}: stat a: no such file or directory`,
  },
  {
    name: 'a file that is no key',
    body: ['ssh = ["k=a"]'],
    paths: { a: { ...file, keyProblem: 'ssh: no key found' } },
    error: `${keys('a')}: failed to parse a: ssh: no key found`,
  },
  {
    name: 'a directory for a key',
    body: ['ssh = ["k=a"]'],
    paths: { a: { kind: 'directory' } },
    error: `${keys('a')}: failed to read a: read a: is a directory`,
  },
  { name: 'a key', body: ['ssh = ["k=a"]'], paths: { a: file } },
  {
    name: 'a directory output onto a file',
    body: ['output = ["o"]'],
    paths: { o: file },
    wanted: ['output o'],
    error: 'destination directory o is a file',
  },
  {
    name: 'an archive onto a directory',
    body: ['output = ["type=tar,dest=o"]'],
    paths: { o: { kind: 'directory' } },
    error: 'destination file o is a directory',
  },
  { name: 'an output that does not exist yet', body: ['output = ["o"]'], paths: { o: missing } },
  {
    name: 'an output below a file',
    body: ['output = ["type=tar,dest=o/x"]'],
    paths: { 'o/x': { kind: 'unreadable', reason: 'not a directory' } },
    error: 'invalid destination file: o/x: stat o/x: not a directory',
  },
  {
    name: 'an archive to the terminal',
    body: ['output = ["-"]'],
    terminal: true,
    wanted: [],
    error: 'dest file is required for tar exporter. refusing to write to console',
  },
  { name: 'an archive to a pipe', body: ['output = ["-"]'] },
  { name: 'an image asks for nothing', body: ['output = ["type=image,name=x"]'], wanted: [] },
]

const test = suite('planner/resolve/file-facts')
for (const row of rows) {
  test(row.name, () => {
    const { plan, error } = bakeText({ hcl: target(...row.body) })
    if (plan === undefined) throw new Error(error)
    const env = row.env ?? {}
    const wanted = wantedPaths(plan, env).map(({ why, path }) => `${why} ${path}`)
    if (row.wanted !== undefined) assert.equal(wanted, row.wanted)
    const paths = new Map(Object.entries(row.paths ?? {}))
    const found = checkFiles(plan, { paths, env, stdoutIsTerminal: row.terminal ?? false })
    assert.is(found[0]?.summary, row.error)
  })
}
test.run()
