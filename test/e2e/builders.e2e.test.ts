import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { type RunResult, runCli, runProgram } from '../harness/run.ts'
import { tempDir } from '../harness/temp.ts'
import { openBuildkitSocket } from './buildkit-socket.ts'

const suite = engineSuite('e2e/builders', (test, engine) => {
  const dir = tempDir({
    Dockerfile: 'FROM busybox\nCOPY in /in\nRUN --mount=type=secret,id=s cat /run/secrets/s > /out\n',
    in: 'hello',
    secret: 'from the session',
    'docker-bake.hcl': `target "default" {
  secret = ["id=s,src=secret"]
  no-cache = true
  output = ["type=local,dest=out"]
}
target "linked" {
  contexts = { base = "target:default" }
  dockerfile-inline = "FROM base\\nRUN cat /out > /again"
  output = ["type=cacheonly"]
}
`,
  })
  const store = join(tempDir(), 'store')
  const env = { ...engine.env, BUILDX_CONFIG: store }
  const ours = (...args: readonly string[]): Promise<RunResult> => runCli(args, { cwd: dir, env })
  const theirs = (...args: readonly string[]): Promise<RunResult> =>
    runProgram(engine.reference, args, { cwd: dir, env })
  const opened = openBuildkitSocket(engine)

  test.after(async () => (await opened).close())

  test('a remote builder is created', async () => {
    const { address } = await opened
    const created = await ours(
      'create',
      '--name',
      'Far',
      '--driver',
      'remote',
      '--use',
      '--bootstrap',
      address,
    )
    assert.is(created.code, 0, created.stderr)
    assert.is(created.stdout, 'Far\n')
    assert.is(created.stderr, '')
    const more = await ours(
      'create',
      '--append',
      '--name',
      'far',
      '--node',
      'arm',
      '--platform=linux/arm64',
      'unix:///nosuch.sock',
    )
    assert.is(more.code, 0, more.stderr)
  })

  const same: readonly (readonly string[])[] = [
    ['ls'],
    ['ls', '--no-trunc'],
    ['ls', '--format', 'json'],
    ['ls', '--format', '{{.Name}} {{.DriverEndpoint}} {{.Status}} {{.Platforms}}'],
    ['ls', '--format', 'table {{.Name}}\t{{.Buildkit}}'],
    ['inspect'],
    ['inspect', 'far'],
    ['inspect', 'default'],
    ['inspect', 'nosuch'],
    ['create', '--name', 'far', 'tcp://x:1'],
    ['create', '--name', 'x', '--driver', 'remote', '--driver-opt', 'foo=bar', 'tcp://x:1'],
    ['create', '--name', 'x', '--driver', 'nosuch'],
    ['create', '--leave', '--name', 'far', '--node', 'nope'],
    ['use', 'nosuch'],
    ['stop', 'far'],
    ['rm', 'nosuch'],
  ]
  for (const args of same) {
    test(`docker buildx ${args.join(' ')} says the same`, async () => {
      if (engine.reference === '') return
      const [a, b] = [await ours(...args), await theirs(...args)]
      assert.is(a.code, b.code)
      assert.is(a.stdout, b.stdout)
      assert.is(a.stderr.trimEnd().split('\n').at(-1), b.stderr.trimEnd().split('\n').at(-1))
    })
  }

  test('a build runs on it: context, secret and result travel through the one connection', async () => {
    // The node for another platform is down, and nobody needs it.
    const built = await ours('bake', '--progress', 'plain')
    assert.is(built.code, 0, built.stderr)
    assert.match(built.stderr, /^#0 building with "Far" instance using remote driver/)
    assert.is(readFileSync(join(dir, 'out/in'), 'utf8'), 'hello')
    assert.is(readFileSync(join(dir, 'out/out'), 'utf8'), 'from the session')
  })

  test('targets are linked there too', async () => {
    const built = await ours('bake', '--progress', 'plain', 'linked')
    assert.is(built.code, 0, built.stderr)
  })

  test('dial-stdio is a connection', async () => {
    const dialled = await runCli(['dial-stdio', '--progress', 'plain'], {
      cwd: dir,
      env,
      stdin: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0',
    })
    assert.is(dialled.code, 0, dialled.stderr)
    assert.match(
      dialled.stderr,
      /#1 Proxying to builder\n(?:#1 Dialing builder.*\n)*#1 Dialing builder .*done\n#1 DONE/,
    )
    assert.ok(dialled.stdout.length > 0)
  })

  test('what docker buildx created is used, and it removes what we created', async () => {
    if (engine.reference === '') return
    const { address } = await opened
    assert.is((await theirs('create', '--name', 'Theirs', '--driver', 'remote', address)).code, 0)
    assert.is((await ours('use', 'theirs')).code, 0)
    const built = await ours('bake', '--progress', 'plain')
    assert.is(built.code, 0, built.stderr)
    assert.match((await theirs('ls')).stdout, /^Theirs\*/m)
    assert.is((await theirs('rm', 'far')).code, 0)
    const removed = await ours('rm', 'theirs')
    assert.is(removed.stderr, 'theirs removed\n')
    assert.not.match((await theirs('ls')).stdout, /remote/)
  })
})

suite.run()
