// Builds dist/: the executable (CommonJS with a V8 code cache for start-up), its lazily loaded parts, the
// library bundles and the type declarations. `--fast` leaves library and declarations out; `--out DIR` builds
// elsewhere.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { values: flags } = parseArgs({ options: { fast: { type: 'boolean' }, out: { type: 'string' } } })
const out = flags.out === undefined ? join(root, 'dist') : resolve(flags.out)
// Built beside its place and moved when whole, so that a program that runs from there meanwhile keeps working.
const dist = `${out}.${process.pid}`
const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

// What the quick script imports dynamically lies in parts of their own, so that a plan of HCL files loads none of it.
// Whatever is not named here goes into `build` together: its modules share packages and hand each other objects.
const parts = { compose: ['src/parser/compose/read.ts'], build: [] }
// Functions whose packages are big: the quick bundle holds stand-ins that load these when they are first called.
const heavy = 'src/parser/eval/functions/heavy'

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  define: { __BAKEKIT_VERSION__: JSON.stringify(version) },
  legalComments: 'none',
  // Holds native add-ons and is needed for loads and classic pushes only; it stays in node_modules.
  external: ['dockerode'],
  logLevel: 'warning',
}

/** Turns dynamic imports of modules that lie in other parts than `own` into requires of those. */
const splitParts = (own) => ({
  name: 'split-parts',
  setup(b) {
    b.onResolve({ filter: /^\./ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined
      const file = relative(root, resolve(args.resolveDir, args.path)).replaceAll('\\', '/')
      let part = Object.keys(parts).find((name) => parts[name].includes(file))
      if (part === undefined && own === 'main') {
        parts.build.push(file)
        part = 'build'
      }
      return part === undefined || part === own ? undefined : { path: `./${part}.js`, external: true }
    })
  },
})

/** Replaces the modules of `heavy` by functions that load the real ones when called. */
const deferHeavy = {
  name: 'defer-heavy',
  setup(b) {
    b.onResolve({ filter: /\/heavy\/[\w-]+\.ts$/ }, (args) =>
      args.kind === 'import-statement'
        ? { path: resolve(args.resolveDir, args.path), namespace: 'heavy' }
        : undefined,
    )
    b.onLoad({ filter: /.*/, namespace: 'heavy' }, ({ path }) => {
      const names = [...readFileSync(path, 'utf8').matchAll(/^export function (\w+)/gm)].map((m) => m[1])
      const part = JSON.stringify(`./${basename(path, '.ts')}.js`)
      const lines = names.map(
        (name) => `export function ${name}(...args) { return require(${part}).${name}(...args) }`,
      )
      return { contents: lines.join('\n'), loader: 'js' }
    })
    b.onResolve({ filter: /^\.\//, namespace: 'heavy' }, ({ path }) => ({ path, external: true }))
  },
}

const cjs = {
  ...common,
  format: 'cjs',
  supported: { 'dynamic-import': false },
  minify: true,
  // The launcher compiles the files as they are: no text has to be put together at every start.
  banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
  footer: { js: '})' },
}

async function buildExecutable() {
  await build({
    ...cjs,
    entryPoints: ['src/main.ts'],
    outfile: join(dist, 'parts/main.js'),
    plugins: [splitParts('main'), deferHeavy],
  })
  for (const [name, files] of Object.entries(parts)) await buildPart(name, files.sort())
  for (const file of readdirSync(join(root, heavy)))
    await buildPart(basename(file, '.ts'), [`${heavy}/${file}`])
  writeFileSync(join(dist, 'bakekit.js'), readFileSync(join(root, 'scripts/launcher.cjs')))
  chmodSync(join(dist, 'bakekit.js'), 0o755)
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
  execFileSync(process.execPath, [join(dist, 'bakekit.js'), '--bakekit-write-code-cache'], {
    cwd: join(root, 'scripts/warm-up'),
    stdio: 'inherit',
  })
}

async function buildPart(name, files) {
  const names = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^export (?:async )?\w+\*? (\w+)/gm)].map(
      (m) => m[1],
    ),
  )
  const twice = names.find((one, i) => names.indexOf(one) !== i)
  if (twice !== undefined) throw new Error(`two modules of the part ${name} export ${twice}`)
  const contents = files.map((file) => `export * from ${JSON.stringify(`./${file}`)}`).join('\n')
  await build({
    ...cjs,
    stdin: { contents, resolveDir: root, sourcefile: `${name}.ts`, loader: 'ts' },
    outfile: join(dist, `parts/${name}.js`),
    plugins: [splitParts(name)],
  })
}

async function buildLibrary() {
  const entries = { index: 'src/index.ts', hcl: 'src/hcl.ts' }
  const external = [
    '@grpc/grpc-js',
    'dockerode',
    'ajv',
    'yaml',
    'bcryptjs',
    're2js',
    'semver',
    'p-limit',
    '@bufbuild/protobuf',
  ]
  const shared = { ...common, entryPoints: entries, outdir: dist }
  await build({
    ...shared,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    external,
  })
  await build({ ...shared, format: 'cjs', external: external.filter((x) => x !== 'p-limit') })
}

function buildTypes() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const emit = ['--noEmit', 'false', '--emitDeclarationOnly', '--outDir', join(dist, 'types')]
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.json', ...emit], { cwd: root, stdio: 'inherit' })
}

try {
  mkdirSync(join(dist, 'parts'), { recursive: true })
  await buildExecutable()
  if (!flags.fast) {
    await buildLibrary()
    buildTypes()
  }
  rmSync(out, { recursive: true, force: true })
  renameSync(dist, out)
} finally {
  rmSync(dist, { recursive: true, force: true })
}
process.stdout.write(`built ${relative(process.cwd(), out) || out} ${version}\n`)
