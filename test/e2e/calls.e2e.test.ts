import * as assert from 'uvu/assert'
import { type Engine, engineSuite } from '../harness/engine.ts'
import { runProgram } from '../harness/run.ts'
import { type Workspace, workspace } from './workspace.ts'

const files = {
  'docker-bake.hcl': `group "default" {
  targets = ["good", "poor"]
}
target "good" {
  description = "A clean one"
  dockerfile  = "good.Dockerfile"
}
target "poor" {
  dockerfile-inline = "from busybox AS Base\\nCOPY x /x\\n"
}
target "broken" {
  dockerfile = "broken.Dockerfile"
}
target "child" {
  dockerfile = "child.Dockerfile"
  contexts = {
    base = "target:good"
  }
}
target "always" {
  call       = "outline"
  dockerfile = "good.Dockerfile"
}
`,
  'good.Dockerfile': `ARG VERSION=1
FROM busybox AS base
# What is delivered
FROM base AS release
ARG GREETING=hello
RUN --mount=type=secret,id=token true
`,
  'broken.Dockerfile': 'from busybox\nCOPPY a b\n',
  'child.Dockerfile': 'FROM base\n',
}

const ways: readonly (readonly string[])[] = [
  ['--check'],
  ['--check', 'good'],
  ['--check', 'broken', 'good'],
  ['--check', 'child'],
  ['--call', 'check,ignorestatus=true'],
  ['--call', 'check,ignorestatus=true', 'broken'],
  ['--call', 'outline'],
  ['--call', 'outline', 'broken'],
  ['--call', 'outline,format=json'],
  ['--call', 'targets'],
  ['--call', 'targets,format=json', 'good'],
  ['--call', 'subrequests.describe', 'good'],
  ['--call', 'build', 'always'],
  ['always'],
]

/** Sources carry digests of the session they were read in. */
const withoutDigests = (text: string): string =>
  text.includes('"def": [') ? JSON.stringify(strip(JSON.parse(text))) : text

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'definition')
      .map(([key, item]) => [key, strip(item)]),
  )
}

async function both(engine: Engine, space: Workspace, args: readonly string[]): Promise<void> {
  const own = await space.bake(args)
  const reference = await runProgram(engine.reference, ['bake', '--progress', 'plain', ...args], {
    cwd: space.dir,
    env: engine.env,
  })
  assert.is(withoutDigests(own.stdout), withoutDigests(reference.stdout), own.stderr)
  assert.is(own.code, reference.code)
}

engineSuite('e2e/calls', (test, engine) => {
  const space = workspace(engine, files)
  for (const args of ways) {
    test(`bake ${args.join(' ')} answers as the reference does`, async () => {
      if (engine.reference === '') return
      await both(engine, space, args)
    })
  }

  test('a check of a poor Dockerfile ends with 1 and names the rule and the line', async () => {
    const { code, stdout } = await space.bake(['--check', 'poor'])
    assert.is(code, 1)
    assert.match(stdout, /^poor\n\nCheck complete, 3 warnings have been found!\n/)
    assert.match(stdout, /\ninline:1\n-{20}\n {3}1 \| >>> from busybox AS Base\n/)
  })

  test('nothing is built', async () => {
    const { stdout, stderr } = await space.bake(['--call', 'outline', '--set', `*.tags=${space.tag}`, 'good'])
    assert.match(stdout, 'GREETING')
    assert.not.match(stderr, 'RUN')
    assert.is(await space.docker('images', '-q', space.tag), '')
  })
}).run()
