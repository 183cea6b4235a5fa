import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const src = resolve(dirname(fileURLToPath(import.meta.url)), '../src')

/** Floors of the rooms: a room imports only from lower floors, or from itself. */
const FLOORS: Readonly<Record<string, number>> = {
  core: 0,
  parser: 1,
  planner: 2,
  request: 3,
  host: 4,
  docker: 5,
  buildkit: 5,
  driver: 6,
  registry: 6,
  builder: 7,
  load: 8,
  executor: 8,
  imagetools: 8,
  progress: 8,
  cli: 9,
  library: 9,
}
const PURE = new Set(['core', 'parser', 'planner', 'request'])
/** Rooms that may use a package, by package; everything else must not import it. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@grpc/grpc-js': ['buildkit/wire', 'buildkit/session'],
  dockerode: ['docker'],
  yaml: ['parser/compose'],
  '@bufbuild/protobuf': ['buildkit'],
}

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const files = list(src)
const imports = files.flatMap(importsOf)

function list(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return list(path)
    return entry.name.endsWith('.ts') ? [path] : []
  })
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8')
  const found: Import[] = []
  const patterns = [
    /^\s*(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'/gm,
    /^import\s+()'([^']+)'/gm,
    /(?<![\w.])import\(\s*()'([^']+)'\s*\)/g,
  ]
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const to = match[2] as string
      const target = to.startsWith('.') ? relative(src, resolve(dirname(path), to)) : to
      found.push({
        from: relative(src, path),
        to: target,
        typeOnly: match[1] !== undefined && match[1] !== '',
      })
    }
  }
  return found
}

const roomOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] as string) : '')
const isOwn = (to: string): boolean => to.endsWith('.ts')

const test = suite('architecture')

test('every folder of src is a room with a floor', () => {
  const unknown = files
    .map((f) => roomOf(relative(src, f)))
    .filter((room) => room !== '' && !(room in FLOORS))
  assert.equal([...new Set(unknown)], [])
})

test('imports go to lower floors only', () => {
  const upward = imports.filter(({ from, to }) => {
    const a = FLOORS[roomOf(from)]
    const b = FLOORS[roomOf(to)]
    return isOwn(to) && a !== undefined && b !== undefined && roomOf(from) !== roomOf(to) && b >= a
  })
  assert.equal(
    upward.map((i) => `${i.from} -> ${i.to}`),
    [],
  )
})

test('pure rooms use no Node built-in, process, clock, randomness or promise', () => {
  const impure = imports.filter(
    ({ from, to }) => PURE.has(roomOf(from)) && to.startsWith('node:') && to !== 'node:path/posix',
  )
  assert.equal(
    impure.map((i) => `${i.from} -> ${i.to}`),
    [],
  )
  const banned =
    /(?<![\w.'"`$-])(?:process\.|Date\.now\(|new Date\(\)|Math\.random\(|new Promise|await |async )/
  const speaking = files.filter((f) => {
    if (!PURE.has(roomOf(relative(src, f)))) return false
    const code = readFileSync(f, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'|`[^`]*`/gm, '')
    return banned.test(code)
  })
  assert.equal(
    speaking.map((f) => relative(src, f)),
    [],
  )
})

test('there is no import cycle', () => {
  const edges = new Map<string, string[]>()
  for (const { from, to } of imports) if (isOwn(to)) edges.set(from, [...(edges.get(from) ?? []), to])
  const done = new Set<string>()
  const path: string[] = []
  const cycles: string[] = []
  const visit = (file: string): void => {
    if (done.has(file)) return
    const at = path.indexOf(file)
    if (at >= 0) {
      cycles.push([...path.slice(at), file].join(' -> '))
      return
    }
    path.push(file)
    for (const next of edges.get(file) ?? []) visit(next)
    path.pop()
    done.add(file)
  }
  for (const file of edges.keys()) visit(file)
  assert.equal(cycles, [])
})

test('generated protocol code is used inside the buildkit room only', () => {
  const outside = imports.filter(
    ({ from, to }) => to.startsWith('buildkit/gen/') && roomOf(from) !== 'buildkit',
  )
  assert.equal(
    outside.map((i) => `${i.from} -> ${i.to}`),
    [],
  )
})

for (const [name, rooms] of Object.entries(PACKAGES)) {
  test(`the package ${name} is imported from ${rooms.join(' and ')} only`, () => {
    const outside = imports.filter(
      ({ from, to }) =>
        (to === name || to.startsWith(`${name}/`)) && !rooms.some((room) => from.startsWith(`${room}/`)),
    )
    assert.equal(
      outside.map((i) => `${i.from} -> ${i.to}`),
      [],
    )
  })
}

test('only the process edge and the node host touch process', () => {
  const allowed = (file: string): boolean => file === 'main.ts' || file.startsWith('host/node-')
  const touching = files.filter((f) => {
    const code = readFileSync(f, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'/gm, '')
    return (
      /(?<![\w.])process\.(?:env|argv|cwd|stdout|stderr|stdin|exit|on)\b/.test(code) &&
      !allowed(relative(src, f))
    )
  })
  assert.equal(
    touching.map((f) => relative(src, f)),
    [],
  )
})

test('nothing is exported by default', () => {
  const defaults = files.filter(
    (f) => !f.includes('/gen/') && /^export default/m.test(readFileSync(f, 'utf8')),
  )
  assert.equal(
    defaults.map((f) => relative(src, f)),
    [],
  )
})

test.run()
