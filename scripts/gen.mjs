// Generates src/buildkit/gen/*_pb.ts from schemas/proto/*.proto, offline and repeatably.
//
//   node scripts/gen.mjs           write the files
//   node scripts/gen.mjs --check   compare only; exit 1 and name the files that differ
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const protoDir = join(root, 'schemas/proto')
const genDir = join(root, 'src/buildkit/gen')

process.exitCode = main(process.argv.includes('--check'))

function main(checkOnly) {
  const scratch = mkdtempSync(join(tmpdir(), 'bakekit-gen-'))
  try {
    generate(scratch)
    const wanted = readAll(scratch)
    const present = readAll(genDir)
    const differing = [...new Set([...wanted.keys(), ...present.keys()])]
      .filter((name) => wanted.get(name) !== present.get(name))
      .sort()
    if (checkOnly) return report(differing)
    write(wanted, present, differing)
    return 0
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function generate(outDir) {
  const buf = join(root, 'node_modules/@bufbuild/buf/bin/buf')
  const template = JSON.parse(readFileSync(join(protoDir, 'buf.gen.json'), 'utf8'))
  for (const plugin of template.plugins) plugin.out = outDir
  const run = spawnSync(process.execPath, [buf, 'generate', '--template', JSON.stringify(template)], {
    cwd: protoDir,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}` },
  })
  if (run.status !== 0) throw new Error(`buf generate failed:\n${run.stderr}${run.stdout}`)
}

function readAll(dir) {
  let names = []
  try {
    names = readdirSync(dir)
  } catch {
    // A first run has no directory yet.
  }
  return new Map(names.map((name) => [name, readFileSync(join(dir, name), 'utf8')]))
}

function report(differing) {
  for (const name of differing) console.error(`src/buildkit/gen/${name} differs from schemas/proto`)
  if (differing.length > 0) console.error('run: npm run gen')
  return differing.length > 0 ? 1 : 0
}

function write(wanted, present, differing) {
  mkdirSync(genDir, { recursive: true })
  for (const name of differing) {
    const text = wanted.get(name)
    if (text === undefined) rmSync(join(genDir, name))
    else writeFileSync(join(genDir, name), text)
  }
  console.log(`${wanted.size} files, ${differing.length} changed (${present.size} before)`)
}
