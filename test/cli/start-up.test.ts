import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cliPath } from '../harness/run.ts'
import { tempDir } from '../harness/temp.ts'

// What a plan loads decides how long it takes to start (decision 0004).
const test = suite('cli/start-up')

/** Writes the scripts that were read and the built-in modules that were loaded when the process ends. */
const LISTER = `
const fs = require('node:fs')
const before = new Set(process.moduleLoadList)
const read = new Set()
const { readFileSync } = fs
fs.readFileSync = (path, ...rest) => {
  if (String(path).endsWith('.js')) read.add(String(path))
  return readFileSync(path, ...rest)
}
process.on('exit', () => {
  const files = [...new Set([...read, ...Object.keys(require.cache)])].filter((file) => file !== __filename)
  const modules = process.moduleLoadList.filter((one) => !before.has(one) && one.startsWith('NativeModule '))
  fs.writeFileSync(__filename + '.json', JSON.stringify({ files, modules: modules.map((one) => one.slice(13)) }))
})
`

interface Loaded {
  readonly files: readonly string[]
  readonly modules: readonly string[]
  readonly stdout: string
}

function loadedBy(args: readonly string[], files: Readonly<Record<string, string>>): Loaded {
  const dir = tempDir({ ...files, 'lister.cjs': LISTER })
  const lister = join(dir, 'lister.cjs')
  const done = spawnSync(process.execPath, ['--require', lister, cliPath, ...args], {
    cwd: dir,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: dir },
  })
  assert.is(done.status, 0, done.stderr)
  const found = JSON.parse(readFileSync(`${lister}.json`, 'utf8')) as Omit<Loaded, 'stdout'>
  return {
    files: found.files.map((file) =>
      file.replaceAll('\\', '/').replace(/^.*\/(?=dist\/|node_modules\/)/, ''),
    ),
    modules: found.modules,
    stdout: done.stdout,
  }
}

const HCL = `
variable "TAG" { default = "1" }
function "image" {
  params = [name]
  result = "example/\${name}:\${TAG}"
}
target "default" {
  matrix = { app = ["a", "b"] }
  name = app
  tags = [image(app), upper("x")]
}
`

const QUICK = ['dist/bakekit.js', 'dist/parts/main.js']
const quick = [
  { name: 'a plan of HCL', args: ['bake', '--print'], files: { 'docker-bake.hcl': HCL } },
  {
    name: 'a plan of JSON',
    args: ['bake', '--print'],
    files: { 'docker-bake.json': '{ "target": { "default": { "tags": ["a"] } } }' },
  },
  { name: 'a list of targets', args: ['bake', '--list', 'targets'], files: { 'docker-bake.hcl': HCL } },
  { name: 'the version', args: ['version'], files: {} },
  { name: 'the help', args: ['bake', '--help'], files: {} },
] as const

for (const { name, args, files } of quick) {
  test(`${name} loads the launcher and the quick part only`, () => {
    const loaded = loadedBy(args, files)
    assert.equal(loaded.files, QUICK)
    assert.not.equal(loaded.stdout, '')
  })
}

test('a plan of HCL loads none of the modules of Node that take long', () => {
  const { modules } = loadedBy(['bake', '--print'], { 'docker-bake.hcl': HCL })
  const slow = ['child_process', 'crypto', 'http', 'net', 'os', 'stream', 'tls', 'tty', 'v8', 'fs/promises']
  assert.equal(
    modules.filter((one) => slow.includes(one)),
    [],
  )
})

const parts = [
  { name: 'a digest', expression: 'sha256("x")', part: 'dist/parts/digest.js' },
  { name: 'a password hash', expression: 'bcrypt("x", 4)', part: 'dist/parts/password-hash.js' },
  { name: 'a regular expression', expression: 'regex("x", "x")', part: 'dist/parts/regex-engine.js' },
] as const

for (const { name, expression, part } of parts) {
  test(`${name} loads the part of its functions only`, () => {
    const text = `target "default" {\n  args = { A = ${expression} }\n}\n`
    assert.equal(loadedBy(['bake', '--print'], { 'docker-bake.hcl': text }).files, [...QUICK, part])
  })
}

test('Compose files load the part that reads them', () => {
  const text = 'services:\n  app:\n    build: .\n'
  assert.equal(loadedBy(['bake', '--print', 'app'], { 'compose.yaml': text }).files, [
    ...QUICK,
    'dist/parts/compose.js',
  ])
})

test.run()
