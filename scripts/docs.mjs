// Writes docs/reference/*.md and schemas/bake.schema.json from the tables in src.
//
//   node scripts/docs.mjs            write them
//   node scripts/docs.mjs --check    fail when what is written differs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const check = process.argv.includes('--check')
register()
const { renderPages } = await import('./docs/pages.ts')

const stale = []
for (const [path, text] of renderPages()) {
  const file = join(root, path)
  let current = ''
  try {
    current = readFileSync(file, 'utf8')
  } catch {}
  if (current === text) continue
  stale.push(path)
  if (check) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
if (check && stale.length > 0) {
  console.error(`these files differ from the tables in src; run "npm run docs":\n  ${stale.join('\n  ')}`)
  process.exit(1)
}
console.log(check ? 'reference pages are current' : `wrote ${stale.length} files`)
