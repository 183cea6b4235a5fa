// The cases of `npm run bench`: inputs are generated, so that nothing big is committed.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every case; `root` is the repository, `work` an empty folder to write inputs into. */
export function benchCases(root, work) {
  const monorepo = join(root, 'examples/monorepo')
  const plan = (name, file, limits, extra = {}) => ({
    name,
    cwd: work,
    ours: ['bake', '--print', '-f', file],
    theirs: ['bake', '--print', '-f', file],
    limits,
    runs: 7,
    prepare: () => writeFileSync(join(work, file), extra.text()),
  })
  return [
    {
      name: 'print the monorepo example',
      cwd: monorepo,
      ours: ['bake', '--print'],
      theirs: ['-e', '0'],
      against: 'node',
      runs: 31,
      limits: { wallRatio: 1.35 },
    },
    plan('print 100 targets', 't100.hcl', { wallRatio: 1, memoryMb: 120 }, { text: () => manyTargets(100) }),
    plan(
      'print 1,000 targets',
      't1000.hcl',
      { wallRatio: 0.25, memoryMb: 160 },
      { text: () => manyTargets(1000) },
    ),
    plan(
      'print 3,000 targets',
      't3000.hcl',
      { wallRatio: 0.08, memoryMb: 250 },
      { text: () => manyTargets(3000) },
    ),
    {
      name: 'print 10,000 targets',
      cwd: work,
      ours: ['bake', '--print', '-f', 't10000.hcl'],
      theirs: ['bake', '--print', '-f', 't1000.hcl'],
      against: 'ours',
      againstName: 'bakekit with 1,000 targets',
      runs: 7,
      // Ten times the targets take at most ten times as long.
      limits: { wallRatio: 10, memoryMb: 400 },
      prepare: () => {
        for (const count of [1000, 10_000]) writeFileSync(join(work, `t${count}.hcl`), manyTargets(count))
      },
    },
    plan(
      'print a matrix of 54 x 54',
      'matrix.hcl',
      { wallRatio: 0.08, memoryMb: 200 },
      { text: () => matrix(54) },
    ),
    plan(
      'print 200 Compose services',
      'services.yaml',
      { wallRatio: 1, memoryMb: 150 },
      { text: () => services(200) },
    ),
    upload('upload 10,000 files', join(work, 'files'), (dir) => manyFiles(dir, 10_000)),
    upload('upload a file of 300 MB', join(work, 'big'), (dir) => bigFile(dir, 300)),
    {
      name: 'bake the monorepo example again',
      engine: true,
      cwd: monorepo,
      ours: ['bake', '--progress', 'plain'],
      theirs: ['bake', '--progress', 'plain', '--allow=fs=*'],
      runs: 9,
      limits: { wallRatio: 1.3, memoryMb: 200 },
    },
  ]
}

/** A context that is sent whole each time: its folder gets a new name, so that BuildKit has no copy to compare with. */
function upload(name, base, fill) {
  let current = base
  return {
    name,
    engine: true,
    runs: 5,
    cwd: '/',
    limits: { cpuRatio: 1.3, memoryMb: 200 },
    ours: ['bake', '--progress', 'quiet', '--allow=fs=*', '-f', `${base}.hcl`, '--no-cache'],
    theirs: ['bake', '--progress', 'quiet', '--allow=fs=*', '-f', `${base}.hcl`, '--no-cache'],
    prepare: () => {
      mkdirSync(current, { recursive: true })
      fill(current)
      writeFileSync(join(current, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
    },
    before: (who, i) => {
      // Another name for the context means another cache key at the daemon.
      const mount = `${base}-${who}-${i}`
      rmSync(mount, { force: true })
      mkdirSync(join(mount, '..'), { recursive: true })
      writeFileSync(
        `${base}.hcl`,
        `target "default" {\n  context = ${JSON.stringify(mount)}\n  output = ["type=cacheonly"]\n}\n`,
      )
      renameTo(current, mount)
      current = mount
    },
    clean: () => rmSync(current, { recursive: true, force: true }),
  }
}

function renameTo(from, to) {
  if (from !== to) renameSync(from, to)
}

function manyFiles(dir, count) {
  for (let i = 0; i < count; i++) {
    const folder = join(dir, `d${i % 100}`)
    if (i < 100) mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `file${i}.txt`), `file ${i} ${Math.random()}\n`.repeat(20))
  }
}

function bigFile(dir, megabytes) {
  const chunk = Buffer.alloc(1024 * 1024)
  for (let i = 0; i < chunk.length; i += 4) chunk.writeUInt32LE((Math.random() * 2 ** 32) >>> 0, i)
  const parts = []
  for (let i = 0; i < megabytes; i++) parts.push(chunk)
  writeFileSync(join(dir, 'big.bin'), Buffer.concat(parts))
}

/** Inheritance, one user function and three interpolated attributes a target. */
function manyTargets(count) {
  const lines = [
    'variable "TAG" { default = "1.0" }',
    'function "image" {\n  params = [name]\n  result = "example/${name}:${TAG}"\n}',
    'target "base" {\n  args = { BASE = "x" }\n  labels = { "org.example.base" = "yes" }\n}',
    `group "default" {\n  targets = [${Array.from({ length: count }, (_, i) => `"t${i}"`).join(', ')}]\n}`,
  ]
  for (let i = 0; i < count; i++) {
    lines.push(
      `target "t${i}" {`,
      '  inherits = ["base"]',
      `  context = "services/s${i}-\${TAG}"`,
      `  args = { NAME = "svc-${i}-\${TAG}" }`,
      `  tags = [image("svc${i}"), "example/svc${i}:\${TAG}-${i}"]`,
      '}',
    )
  }
  return `${lines.join('\n')}\n`
}

function matrix(n) {
  const axis = (letter) => `[${Array.from({ length: n }, (_, i) => `"${letter}${i}"`).join(', ')}]`
  return `target "app" {
  name = "app-\${a}-\${b}"
  matrix = { a = ${axis('a')}, b = ${axis('b')} }
  args = { A = a, B = "\${b}!" }
  tags = ["example/app:\${a}-\${b}"]
}
group "default" { targets = ["app"] }
`
}

function services(count) {
  const lines = ['x-build: &build', '  context: .', '  args: { COMMON: "${COMMON:-yes}" }', 'services:']
  for (let i = 0; i < count; i++) {
    lines.push(
      `  svc${i}:`,
      `    image: example/svc${i}:\${TAG:-latest}`,
      '    build:',
      '      <<: *build',
      `      dockerfile: svc${i}/Dockerfile`,
      `      labels: { "org.example.n": "${i}", "org.example.tag": "\${TAG:-latest}" }`,
    )
  }
  return `${lines.join('\n')}\n`
}
