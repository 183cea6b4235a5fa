import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'

/** The root of the repository. */
export const repoRoot: string = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const updating = process.env['UPDATE_GOLDEN'] === '1'

/**
 * Asserts that `actual` equals the text stored at `path` (below the repository). `UPDATE_GOLDEN=1`
 * writes the file instead; without it a missing file fails and shows the text it would hold.
 */
export function golden(path: string, actual: string): void {
  const file = join(repoRoot, path)
  claim(path)
  if (updating) {
    if (existsSync(file) && readFileSync(file, 'utf8') === actual) return
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, actual)
    return
  }
  if (!existsSync(file)) {
    assert.unreachable(`no golden at ${path}; UPDATE_GOLDEN=1 would write:\n${actual}`)
  }
  assert.fixture(actual, readFileSync(file, 'utf8'), `differs from ${path}`)
}

/** As `golden`, but an empty text has no file. */
export function goldenText(path: string, actual: string): void {
  const file = join(repoRoot, path)
  if (actual !== '') golden(path, actual)
  else if (updating) rmSync(file, { force: true })
  else if (existsSync(file)) assert.fixture(actual, readFileSync(file, 'utf8'), `differs from ${path}`)
}

/** Tells the runner of all tests which goldens are in use: it fails for the others. */
function claim(path: string): void {
  const list = process.env['BAKEKIT_CLAIMED_GOLDENS']
  if (list !== undefined) appendFileSync(list, `${path}\n`)
}
