// Speed and memory beside docker-buildx, in one run, as ratios.
//
//   eval "$(scripts/engine env)"; node scripts/bench.mjs [--quick] [--json] [NAME...]
//
// Plans need BAKEKIT_REFERENCE only; uploads and builds need an Engine too. Runs alternate between both programs;
// the median counts. Memory is the high-water mark of the process (VmHWM), read while it runs.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { benchCases } from './bench/cases.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' } },
})
const reference = process.env.BAKEKIT_REFERENCE
if (!reference || !existsSync(reference)) {
  console.error(
    'BAKEKIT_REFERENCE does not name docker-buildx: run scripts/engine start, then eval "$(scripts/engine env)"',
  )
  process.exit(1)
}
const work = mkdtempSync(join(tmpdir(), 'bakekit-bench-'))
const programs = {
  ours: [process.execPath, join(root, 'dist/bakekit.js')],
  reference: [reference],
  node: [process.execPath],
}

try {
  const rows = []
  for (const one of benchCases(root, work)) {
    if (wanted.length > 0 && !wanted.some((w) => one.name.includes(w))) continue
    if (one.engine && !process.env.DOCKER_HOST) continue
    one.prepare?.()
    rows.push(await measure(one))
    printRow(rows.at(-1))
    one.clean?.()
  }
  if (flags.json) console.log(JSON.stringify(rows, null, 2))
  const over = rows.filter((r) => r.over.length > 0)
  console.log(`${rows.length} cases, ${over.length} over their limit`)
  process.exitCode = over.length > 0 ? 1 : 0
} finally {
  rmSync(work, { recursive: true, force: true })
}

async function measure(one) {
  const runs = flags.quick ? 3 : (one.runs ?? 11)
  const ours = []
  const theirs = []
  for (let i = 0; i < runs; i++) {
    one.before?.('ours', i)
    ours.push(once([...programs.ours, ...one.ours], one))
    one.before?.('theirs', i)
    theirs.push(once([...programs[one.against ?? 'reference'], ...one.theirs], one))
  }
  one.before?.('ours', runs)
  const memory = await peakMemory([...programs.ours, ...one.ours], one)
  const row = {
    name: one.name,
    against: one.againstName ?? one.against ?? 'docker-buildx',
    wallMs: median(ours.map((r) => r.wall)),
    wallRatio: median(ours.map((r) => r.wall)) / median(theirs.map((r) => r.wall)),
    cpuRatio: median(ours.map((r) => r.cpu)) / median(theirs.map((r) => r.cpu)),
    memoryMb: memory,
    limits: one.limits,
    over: [],
  }
  for (const key of ['wallRatio', 'cpuRatio', 'memoryMb']) {
    if (one.limits[key] !== undefined && row[key] > one.limits[key]) row.over.push(key)
  }
  return row
}

/** Wall and CPU time of one run in milliseconds, by the shell's own accounting. */
function once(command, one) {
  const out = join(work, 'time')
  const script = 'out=$1; shift; TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>"$out.err" ; } 2>"$out"'
  const done = spawnSync('bash', ['-c', `${script}; exit $?`, 'bench', out, ...command], {
    cwd: one.cwd,
    env: { ...process.env, ...one.env },
  })
  const [wall, user, sys] = readFileSync(out, 'utf8')
    .trim()
    .split(/\s+/)
    .map((s) => Number(s.replace(',', '.')) * 1000)
  if (done.status !== 0)
    throw new Error(`${command.join(' ')} failed:\n${readFileSync(`${out}.err`, 'utf8').slice(-2000)}`)
  return { wall, cpu: user + sys }
}

function peakMemory(command, one) {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), {
      cwd: one.cwd,
      env: { ...process.env, ...one.env },
      stdio: 'ignore',
    })
    let peak = 0
    const timer = setInterval(() => {
      try {
        const text = readFileSync(`/proc/${child.pid}/status`, 'utf8')
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0))
      } catch {}
    }, 3)
    child.on('error', reject)
    child.on('exit', () => {
      clearInterval(timer)
      resolve(Math.round(peak / 1024))
    })
  })
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function printRow(row) {
  const part = (label, value, unit, limit) =>
    `${label} ${value}${unit}${limit === undefined ? '' : ` (limit ${limit}${unit})`}`
  const cells = [
    `${Math.round(row.wallMs)} ms`,
    part('wall', row.wallRatio.toFixed(3), 'x', row.limits.wallRatio),
    part('cpu', row.cpuRatio.toFixed(3), 'x', row.limits.cpuRatio),
    part('memory', row.memoryMb, ' MB', row.limits.memoryMb),
  ]
  console.log(
    `${row.over.length > 0 ? 'OVER ' : 'ok   '}${row.name} [against ${row.against}]: ${cells.join(', ')}`,
  )
}
