import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { repoRoot } from '../harness/golden.ts'
import { runCli, runProgram } from '../harness/run.ts'

const hello = join(repoRoot, 'examples', 'hello')
const monorepo = join(repoRoot, 'examples', 'monorepo')
const page = '<!doctype html><title>hello</title><h1>Hello from bakekit (18 characters)</h1>\n'

const images = [
  { cwd: hello, image: 'bakekit-hello:latest', prints: 'Hello from bakekit (18 characters)\n' },
  { cwd: hello, image: 'bakekit-hello:loud', prints: 'HELLO FROM BAKEKIT! (19 characters)\n' },
  { cwd: monorepo, image: 'bakekit-monorepo/worker:1.4.0', prints: 'worker 1.4.0 worked off 42 tasks\n' },
  {
    cwd: monorepo,
    image: 'bakekit-monorepo/gateway:1.4.0-debug',
    prints: 'gateway 1.4.0 forwards requests\n',
  },
  {
    cwd: monorepo,
    image: 'bakekit-monorepo/admin:1.4.0',
    prints:
      "/* 10-users.js */\nconst users = ['ada', 'grace']\n/* 20-main.js */\nfor (const user of users) console.log(`admin 1.4.0 knows ${user}`)\n",
  },
  {
    cwd: monorepo,
    image: 'bakekit-monorepo/status:1.4.0',
    prints:
      '<!doctype html>\n<title>status 1.4.0</title>\n<h1>Status</h1>\n<p>All eight services answer.</p>\n',
  },
] as const

/** Dockerfile steps of plain progress that did work, by name; steps of `[internal]` kind are not among them. */
function stepsNotCached(progress: string): string[] {
  const names = new Map<string, string>()
  const cached = new Set<string>()
  for (const line of progress.split('\n')) {
    const named = /^#(\d+) (\[.*\d+\/\d+\] (?:RUN|COPY|ADD|WORKDIR) .*)$/.exec(line)
    if (named?.[1] !== undefined && named[2] !== undefined) names.set(named[1], named[2])
    const hit = /^#(\d+) CACHED$/.exec(line)
    if (hit?.[1] !== undefined) cached.add(hit[1])
  }
  assert.ok(names.size > 0, `no build steps in:\n${progress}`)
  return [...names].filter(([number]) => !cached.has(number)).map(([, name]) => name)
}

engineSuite('examples', (test, engine) => {
  for (const cwd of [hello, monorepo]) {
    const name = cwd.slice(cwd.lastIndexOf('/') + 1)

    test(`${name} bakes, and a second bake takes every step from the cache`, async () => {
      const first = await runCli(['bake', '--progress', 'plain'], {
        cwd,
        env: engine.env,
        timeoutMs: 120_000,
      })
      assert.is(first.code, 0, first.stderr)
      const second = await runCli(['bake', '--progress', 'plain'], {
        cwd,
        env: engine.env,
        timeoutMs: 120_000,
      })
      assert.is(second.code, 0, second.stderr)
      assert.equal(stepsNotCached(second.stderr), [])
    })

    test(`${name}: the plan is the one docker-buildx prints`, async () => {
      if (engine.reference === '') return
      const theirs = await runProgram(engine.reference, ['bake', '--print'], { cwd, env: engine.env })
      const ours = await runCli(['bake', '--print'], { cwd, env: engine.env })
      assert.is(ours.code, 0, ours.stderr)
      assert.fixture(ours.stdout, theirs.stdout)
    })
  }

  for (const { image, prints } of images) {
    test(`a container of ${image} prints what its RUN step made`, async () => {
      const ran = await runProgram(engine.docker, ['run', '--rm', '--pull', 'never', image], {
        env: engine.env,
      })
      assert.is(ran.code, 0, ran.stderr)
      assert.is(ran.stdout, prints)
    })
  }

  test('the page of hello is written to the directory out', () => {
    assert.is(readFileSync(join(hello, 'out', 'index.html'), 'utf8'), page)
  })
}).run()
