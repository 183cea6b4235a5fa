import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { assertFailure, workspace } from './workspace.ts'

const CACHEONLY = 'output = ["type=cacheonly"]'
const FILES = {
  Dockerfile: `FROM busybox AS ok
RUN echo TAG > /f
FROM scratch AS files
COPY --from=ok /f /f
FROM busybox AS bad
RUN echo TAG; exit 3
FROM busybox AS slow
RUN echo TAG; sleep 60
`,
  'Dockerfile.child': 'FROM base\nRUN echo child\n',
  'docker-bake.hcl': `
target "good" {
  target = "files"
  output = ["out"]
}
target "bad" {
  target = "bad"
  ${CACHEONLY}
}
target "slow" {
  target = "slow"
  ${CACHEONLY}
}
target "child" {
  name = "child-\${of}"
  matrix = { of = ["good", "bad"] }
  dockerfile = "Dockerfile.child"
  contexts = { base = of == "good" ? "target:parent" : "target:bad" }
  ${CACHEONLY}
}
target "parent" {
  target = "ok"
  ${CACHEONLY}
}
target "push" {
  target = "ok"
  tags = ["127.0.0.1:1/x:y"]
  output = ["type=registry"]
}
`,
}

engineSuite('e2e/modes', (test, engine) => {
  test('--keep-going builds what does not depend on the failure', async () => {
    const w = workspace(engine, FILES)
    const args = ['--keep-going', '--metadata-file', 'm.json', 'good', 'bad', 'child-bad', 'push']
    const result = await w.bake(args)
    assertFailure(result, 1, /^#\d+ [\d.]+ succeeded: good$/m)
    assert.match(result.stderr, /failed: .*bad \(SOLVE_FAILED\)/)
    assert.match(result.stderr, /failed: .*push \(PUSH_FAILED\)/)
    assert.match(result.stderr, /(?:aborted|unstarted): child-bad$/m)
    assert.equal(result.stderr.match(/^ERROR: target \S+/gm)?.sort(), [
      'ERROR: target bad:',
      'ERROR: target push:',
    ])
    assert.ok(existsSync(join(w.dir, 'out', 'f')))
    assert.equal(Object.keys(JSON.parse(readFileSync(join(w.dir, 'm.json'), 'utf8'))), ['good'])
  })

  test('--execution=defer-output writes nothing when a target fails', async () => {
    const w = workspace(engine, FILES)
    const result = await w.bake(['--execution=defer-output', 'good', 'bad'])
    assertFailure(result, 1, /^ERROR: target bad: failed to solve: .*exit code: 3$/m)
    assert.not.ok(existsSync(join(w.dir, 'out')))
  })

  test('--execution=defer-output writes everything when all succeed', async () => {
    const w = workspace(engine, FILES)
    await w.baked(['--execution=defer-output', '--max-parallelism', '1', 'good', 'child-good'])
    assert.ok(existsSync(join(w.dir, 'out', 'f')))
  })

  test('--max-parallelism 1 builds linked targets', async () => {
    const w = workspace(engine, FILES)
    await w.baked(['--max-parallelism', '1', 'good', 'child-good'])
  })

  test('--retry says why it tries again', async () => {
    const w = workspace(engine, FILES)
    const result = await w.bake(['--retry', '1', 'push'])
    assertFailure(result, 1, /^#\d+ \[internal\] retry 1 of 1 in 1s: connection lost$/m)
    assert.match(result.stderr, /^ERROR: failed to solve: failed to push/m)
  })

  test('--timeout ends a target, --run-timeout a run', async () => {
    const w = workspace(engine, FILES)
    assertFailure(await w.bake(['--timeout', '2s', 'slow']), 1, /^ERROR: timed out after 2s$/m)
    const run = await w.bake(['--run-timeout', '2s', 'slow'])
    assertFailure(run, 1, /^ERROR: the run was not done after 2s$/m)
  })
}).run()
