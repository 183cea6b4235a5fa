import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { suite, type Test } from 'uvu'
import { repoRoot } from './golden.ts'

/** The running Engine that `scripts/engine start` found or started. */
export interface Engine {
  /** Value for DOCKER_HOST. */
  readonly host: string
  /** The docker command line. */
  readonly docker: string
  /** The docker-buildx program bakekit is compared with; '' when it could not be had. */
  readonly reference: string
  /** docker-compose; '' when it could not be had. */
  readonly compose: string
  /** Address (host:port) of a plain-HTTP registry on the loopback interface. */
  readonly registry: string
  /** What a program needs in its environment to use this Engine. */
  readonly env: Readonly<Record<string, string>>
}

const names = [
  'DOCKER_HOST',
  'BAKEKIT_DOCKER',
  'BAKEKIT_REFERENCE',
  'BAKEKIT_COMPOSE',
  'BAKEKIT_REGISTRY',
] as const

/**
 * The Engine for end-to-end tests, or `undefined` with a printed reason when there is none.
 * With BAKEKIT_E2E_REQUIRED=1 a missing Engine is an error instead.
 */
export function engineOrSkip(): Engine | undefined {
  const found = spawnSync(
    'bash',
    [
      '-c',
      `env=$("$0" env) && eval "$env" && printf '%s\\n' ${names.map((name) => `"$${name}"`).join(' ')}`,
      join(repoRoot, 'scripts/engine'),
    ],
    { encoding: 'utf8' },
  )
  if (found.status === 0) {
    const [host = '', docker = '', reference = '', compose = '', registry = ''] = found.stdout.split('\n')
    return { host, docker, reference, compose, registry, env: { DOCKER_HOST: host } }
  }
  const reason = `no Engine for end-to-end tests: ${(found.stderr ?? String(found.error)).trim()}`
  if (process.env['BAKEKIT_E2E_REQUIRED'] === '1') throw new Error(reason)
  console.log(reason)
  return undefined
}

/**
 * Defines and runs a suite that needs the Engine. Without one the suite holds a single skipped
 * test, so the runner reports it as skipped and not as an empty file.
 */
export function engineSuite(name: string, define: (test: Test, engine: Engine) => void): { run(): void } {
  const test = suite(name)
  const engine = engineOrSkip()
  if (engine === undefined) test.skip('needs an Engine (scripts/engine start)', () => {})
  else define(test, engine)
  return test
}
