// What a change must pass: types, lint, test hygiene, generated files and docs up to date, tests.
//
//   node scripts/check.mjs [--no-tests]
//
// Every step runs even when an earlier one failed; the exit code is 1 if any did.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { values: flags } = parseArgs({ options: { 'no-tests': { type: 'boolean' } } })

const steps = [
  { name: 'types of src', run: () => bin('tsc', '--noEmit', '-p', 'tsconfig.json') },
  { name: 'types of tests and scripts', run: () => bin('tsc', '--noEmit', '-p', 'tsconfig.test.json') },
  { name: 'lint', run: () => bin('biome', 'check', '--error-on-warnings') },
  { name: 'every test file runs its suites', run: testsRun },
  { name: 'generated code is current', run: () => script('scripts/gen.mjs', '--check') },
  {
    name: 'compiled Compose schema is current',
    run: () => script('scripts/gen-compose-schema.mjs', '--check'),
  },
  { name: 'reference pages are current', run: () => script('scripts/docs.mjs', '--check') },
  ...(flags['no-tests'] ? [] : [{ name: 'tests', run: () => script('scripts/test.mjs') }]),
]

process.exitCode = steps.map(runStep).includes(false) ? 1 : 0

function runStep({ name, run }) {
  const began = performance.now()
  const result = run()
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const word = { ok: 'ok', failed: 'FAILED', missing: 'skipped (its script does not exist)' }[result]
  console.log(`${word} ${seconds} s: ${name}`)
  return result !== 'failed'
}

function bin(name, ...args) {
  return run(join(root, 'node_modules/.bin', name), args)
}

function script(path, ...args) {
  if (!existsSync(join(root, path))) return 'missing'
  return run(process.execPath, [path, ...args])
}

function run(program, args) {
  const done = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  if (done.error) console.log(String(done.error))
  return done.status === 0 ? 'ok' : 'failed'
}

/** uvu takes a file that forgets `.run()` for an empty success. */
function testsRun() {
  const silent = readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/\.run\(\)/.test(readFileSync(file, 'utf8')))
  for (const file of silent) console.log(`${relative(root, file)} never calls .run()`)
  return silent.length === 0 ? 'ok' : 'failed'
}
