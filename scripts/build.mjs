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

// Modules behind these dynamic imports are bundles of their own, so that a plan of HCL files loads none of them.
const parts = {
  compose: 'src/parser/compose/read.ts',
  build: 'src/cli/commands/bake-run.ts',
  remote: 'src/cli/commands/bake-remote.ts',
}
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

/** Turns the dynamic imports of `parts` into requires of sibling bundles. */
const splitParts = (from) => ({
  name: 'split-parts',
  setup(b) {
    const byFile = new Map(Object.entries(parts).map(([name, file]) => [join(root, file), name]))
    b.onResolve({ filter: /^\./ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined
      const name = byFile.get(resolve(args.resolveDir, args.path))
      return name === undefined ? undefined : { path: `${from}${name}.js`, external: true }
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
      const part = JSON.stringify(`../parts/${basename(path, '.ts')}.js`)
      const lines = names.map(
        (name) => `export function ${name}(...args) { return require(${part}).${name}(...args) }`,
      )
      return { contents: lines.join('\n'), loader: 'js' }
    })
    b.onResolve({ filter: /^\.\.\/parts\// }, ({ path }) => ({ path, external: true }))
  },
}

async function buildExecutable() {
  const cjs = { ...common, format: 'cjs', supported: { 'dynamic-import': false }, minify: true }
  await build({
    ...cjs,
    entryPoints: ['src/main.ts'],
    outfile: join(dist, 'quick/main.js'),
    // The launcher compiles the file as it is: no text has to be put together at every start.
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    footer: { js: '})' },
    plugins: [splitParts('../parts/'), deferHeavy],
  })
  const heavyParts = readdirSync(join(root, heavy)).map((file) => [basename(file, '.ts'), `${heavy}/${file}`])
  for (const [name, file] of [...Object.entries(parts), ...heavyParts]) {
    await build({
      ...cjs,
      entryPoints: [file],
      outfile: join(dist, `parts/${name}.js`),
      plugins: [splitParts('./')],
    })
  }
  writeFileSync(join(dist, 'bakekit.js'), readFileSync(join(root, 'scripts/launcher.cjs')))
  chmodSync(join(dist, 'bakekit.js'), 0o755)
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
  execFileSync(process.execPath, [join(dist, 'bakekit.js'), '--bakekit-write-code-cache'], {
    cwd: join(root, 'scripts/warm-up'),
    stdio: 'inherit',
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
  mkdirSync(join(dist, 'quick'), { recursive: true })
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
