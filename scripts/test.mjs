// Runs the test files, each in a process of its own.
//
//   node scripts/test.mjs [--e2e | --only-e2e] [part of a path ...]
//
// Prints one line per file, repeats the failures at the end, and closes with the counts
// taken from the files' own totals: `N passed, N failed`. A run of all test files also fails
// for every golden (fixtures/**/want.*) that no test asked for.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, stripVTControlCharacters } from 'node:util'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const unitTimeoutMs = 120_000
const e2eTimeoutMs = 300_000
const shownLines = 60
const goldenFile = /^want\.[^/]+$/
const running = new Set()

const { values: flags, positionals: filters } = parseArgs({
  options: { e2e: { type: 'boolean' }, 'only-e2e': { type: 'boolean' } },
  allowPositionals: true,
})

process.exitCode = await main()

async function main() {
  const files = selectFiles()
  if (files.length === 0) {
    console.log('no test file matches')
    console.log('0 passed, 1 failed')
    return 1
  }
  const buildProblem = buildIfStale()
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stopAll(name))

  // End-to-end files share one Engine, so they run one after the other.
  const jobs = Number(process.env['BAKEKIT_TEST_JOBS']) || Math.min(4, Math.max(2, availableParallelism()))
  const claims = join(mkdtempSync(join(tmpdir(), 'bakekit-goldens-')), 'claimed')
  process.env['BAKEKIT_CLAIMED_GOLDENS'] = claims
  const results = [
    ...(await runAll(
      files.filter((file) => !isE2e(file)),
      jobs,
    )),
    ...(await runAll(files.filter(isE2e), 1)),
  ]
  const stale = filters.length === 0 && !flags['only-e2e'] ? staleGoldens(claims) : []
  rmSync(dirname(claims), { recursive: true, force: true })
  return summarize(results, buildProblem, stale)
}

function summarize(results, buildProblem, stale) {
  const failures = results.filter((result) => result.failed > 0)
  if (failures.length > 0 || buildProblem || stale.length > 0) console.log('\nFailures:')
  if (buildProblem) console.log(indent(`FAILED build: ${buildProblem}`, '  '))
  for (const failure of failures) {
    console.log(`  ${failure.file}: ${failure.failed} failed`)
    console.log(indent(failure.digest, '    '))
  }
  for (const path of stale) console.log(`  no test asks for the golden ${path}; remove it`)
  const skipped = sum(results, 'skipped')
  if (skipped > 0) console.log(`${skipped} skipped`)
  const failed = sum(results, 'failed') + (buildProblem ? 1 : 0) + stale.length
  console.log(`${sum(results, 'passed')} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** Goldens that no test of this run asked for: left behind by a case that was renamed or removed. */
function staleGoldens(claims) {
  const claimed = new Set(existsSync(claims) ? readFileSync(claims, 'utf8').split('\n') : [])
  return readdirSync(join(root, 'fixtures'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && goldenFile.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !claimed.has(path))
    .sort()
}

function selectFiles() {
  return readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => (isE2e(file) ? flags.e2e || flags['only-e2e'] : !flags['only-e2e']))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort()
}

function isE2e(file) {
  return file.endsWith('.e2e.test.ts')
}

/** Tests of the command line run dist/bakekit.js. Returns what went wrong, or undefined. */
function buildIfStale() {
  if (!existsSync(join(root, 'scripts/build.mjs'))) {
    console.log('note: scripts/build.mjs does not exist; dist/ is used as it is')
    return undefined
  }
  const built = join(root, 'dist/bakekit.js')
  if (existsSync(built) && statSync(built).mtimeMs >= newest(join(root, 'src'))) return undefined
  const done = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' })
  if (done.status === 0) return undefined
  return `scripts/build.mjs ended with ${done.status}\n${lastLines(`${done.stdout}${done.stderr}`, 20)}`
}

function newest(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)
}

async function runAll(files, jobs) {
  const results = []
  const queue = [...files]
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const result = await runFile(file)
      report(result)
      results.push(result)
    }
  }
  await Promise.all(Array.from({ length: jobs }, worker))
  return results.sort((a, b) => (a.file < b.file ? -1 : 1))
}

function runFile(file) {
  return new Promise((resolve) => {
    const timeoutMs = isE2e(file) ? e2eTimeoutMs : unitTimeoutMs
    // A process group of its own, so that what a test leaves behind ends with it.
    const child = spawn(process.execPath, ['--import', 'tsx', file], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    let output = ''
    let end = ''
    const timer = setTimeout(() => {
      end = `stopped after ${timeoutMs / 1000} s`
      killGroup(child)
    }, timeoutMs)
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => (end ||= error.message))
    child.on('exit', (code, signal) => {
      if (code !== 0) end ||= signal ? `ended by ${signal}` : `exit code ${code}`
      killGroup(child)
    })
    child.on('close', () => {
      clearTimeout(timer)
      running.delete(child)
      resolve(read(file, stripVTControlCharacters(output), end))
    })
  })
}

/** The counts come from uvu's totals; a file that fails in any other way counts as one failure. */
function read(file, output, end) {
  const count = (label) =>
    [...output.matchAll(new RegExp(`^\\s*${label}:\\s+(\\d+)`, 'gm'))].reduce((n, m) => n + Number(m[1]), 0)
  const total = count('Total')
  const passed = count('Passed')
  const skipped = count('Skipped')
  let failed = total - passed
  let digest = failed > 0 ? failureDigest(output) : ''
  if (failed === 0 && (end !== '' || total + skipped === 0)) {
    failed = 1
    digest = `${end || 'ran no tests (is test.run() missing?)'}\n${lastLines(output, 12)}`
  }
  return { file, passed, failed, skipped, digest: digest || end, output }
}

/** Test titles with the lines of their message, without stack frames. */
function failureDigest(output) {
  const lines = []
  let left = 0
  for (const line of output.split('\n')) {
    if (/^\s*FAIL\s/.test(line)) left = 14
    else if (/^\s+at\s/.test(line) || /^\s*Total:/.test(line)) left = 0
    if (left-- > 0 && line.trim() !== '') lines.push(line.trimEnd())
  }
  return lines.join('\n')
}

function report({ file, passed, failed, skipped, output }) {
  const note = skipped > 0 ? ` (${skipped} skipped)` : ''
  if (failed === 0) {
    console.log(`ok ${passed} ${file}${note}`)
    return
  }
  console.log(`FAILED ${passed}, ${passed + failed} ${file}${note}`)
  console.log(indent(lastLines(output, shownLines), '  | '))
}

function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}

function indent(text, by) {
  return text.replace(/^/gm, by)
}

function sum(results, key) {
  return results.reduce((total, result) => total + result[key], 0)
}

function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group has ended already.
  }
}

function stopAll(signal) {
  for (const child of running) killGroup(child)
  console.log(`stopped by ${signal}`)
  console.log('0 passed, 1 failed')
  process.exit(130)
}
