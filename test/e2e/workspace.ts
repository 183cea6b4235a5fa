import { randomBytes } from 'node:crypto'
import * as assert from 'uvu/assert'
import type { Engine } from '../harness/engine.ts'
import { type RunOptions, type RunResult, runCli, runProgram } from '../harness/run.ts'
import { tempDir } from '../harness/temp.ts'

/** A directory with a definition and what a test does in it. */
export interface Workspace {
  readonly dir: string
  /** A tag no other test has. */
  readonly tag: string
  /** `bakekit bake --progress plain …`. */
  bake(args?: readonly string[], options?: RunOptions): Promise<RunResult>
  /** As `bake`, and the status must be 0. */
  baked(args?: readonly string[], options?: RunOptions): Promise<RunResult>
  docker(...args: readonly string[]): Promise<string>
}

/** Makes a fresh directory; `TAG` in the files is replaced by the workspace's tag. */
export function workspace(engine: Engine, files: Readonly<Record<string, string>>): Workspace {
  const tag = `bakekit-e2e:${randomBytes(6).toString('hex')}`
  const dir = tempDir(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll('TAG', tag)])),
  )
  const bake = (args: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> =>
    runCli(['bake', '--progress', 'plain', ...args], {
      cwd: dir,
      ...options,
      env: { ...engine.env, ...options.env },
    })
  return {
    dir,
    tag,
    bake,
    baked: async (args, options) => {
      const result = await bake(args, options)
      assert.is(result.code, 0, result.stderr)
      return result
    },
    docker: async (...args) => {
      const result = await runProgram(engine.docker, args, { env: engine.env })
      assert.is(result.code, 0, result.stderr)
      return result.stdout
    },
  }
}

/** Asserts what a user sees of a failure: the status, a message that names the object, and no stack trace. */
export function assertFailure(result: RunResult, code: number, message: RegExp | string): void {
  assert.is(result.code, code, result.stderr)
  if (typeof message === 'string')
    assert.ok(result.stderr.includes(message), `no "${message}" in:\n${result.stderr}`)
  else assert.match(result.stderr, message)
  assert.not.match(result.stderr, /^\s+at .*(?:\.[jt]s|node:)/m, 'a stack trace is shown')
}
