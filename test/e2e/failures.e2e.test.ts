import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { cliPath } from '../harness/run.ts'
import { tempDir } from '../harness/temp.ts'
import { assertFailure, workspace } from './workspace.ts'

const isRoot = process.getuid?.() === 0

interface Row {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly message: RegExp | string
}

const cacheonly = 'output = ["type=cacheonly"]'
const rows: readonly Row[] = [
  {
    name: 'an unknown target',
    files: { 'docker-bake.hcl': 'target "api" {}\n' },
    args: ['wroker'],
    message: 'failed to find target wroker',
  },
  {
    name: 'no definition at all',
    files: {},
    message: "couldn't find a bake definition",
  },
  {
    name: 'a missing context',
    files: { 'docker-bake.hcl': 'target "default" { context = "nodir" }\n' },
    message: 'ERROR: unable to prepare context: path "nodir" not found',
  },
  {
    name: 'a missing named context',
    files: {
      Dockerfile: 'FROM busybox\n',
      'docker-bake.hcl': 'target "default" { contexts = { lib = "nolib" } }\n',
    },
    message: 'ERROR: failed to get build context lib: stat nolib: no such file or directory',
  },
  {
    name: 'a missing Dockerfile',
    files: { 'docker-bake.hcl': 'target "default" { dockerfile = "Nope" }\n' },
    message: 'ERROR: failed to solve: failed to read dockerfile: open Nope: no such file or directory',
  },
  {
    name: 'a missing Dockerfile of one among several targets',
    files: {
      Dockerfile: 'FROM busybox\n',
      'docker-bake.hcl': `group "default" { targets = ["a", "b"] }\ntarget "a" { ${cacheonly} }\ntarget "b" { dockerfile = "Nope" }\n`,
    },
    message:
      'ERROR: target b: failed to solve: failed to read dockerfile: open Nope: no such file or directory',
  },
  {
    name: 'a Dockerfile with a mistake',
    files: {
      Dockerfile: 'FROM busybox\nCOPPY a /b\n',
      'docker-bake.hcl': `target "default" { ${cacheonly} }\n`,
    },
    message:
      /^Dockerfile:2\n-{20}\n {3}1 \| {5}FROM busybox\n {3}2 \| >>> COPPY a \/b\n(?:.*\n)*ERROR: failed to solve: .*unknown instruction: COPPY/m,
  },
  {
    name: 'a file that is not in the context',
    files: {
      Dockerfile: 'FROM busybox\nCOPY nope /x\n',
      'docker-bake.hcl': `target "default" { ${cacheonly} }\n`,
    },
    message: /^ERROR: failed to solve: failed to compute cache key: .*"\/nope": not found$/m,
  },
  {
    name: 'a failing step',
    files: {
      Dockerfile: 'FROM busybox\nRUN echo TAG >&2; exit 3\n',
      'docker-bake.hcl': `target "default" { ${cacheonly} }\n`,
    },
    message:
      /^#(\d+) ERROR: process .* exit code: 3\n-{6}\n > \[2\/2\] RUN .*:\n\d\.\d{3} bakekit-e2e.*\n-{6}\nDockerfile:2\n-{20}\n {3}1 \| {5}FROM busybox\n {3}2 \| >>> RUN .*\n {3}3 \| {5}\n-{20}\nERROR: failed to solve: process .* did not complete successfully: exit code: 3$/m,
  },
  {
    name: 'an unknown stage',
    files: {
      Dockerfile: 'FROM busybox\n',
      'docker-bake.hcl': `target "default" {\n  target = "zz"\n  ${cacheonly}\n}\n`,
    },
    message: 'ERROR: failed to solve: target stage "zz" could not be found',
  },
  {
    name: 'an unknown exporter',
    files: {
      Dockerfile: 'FROM busybox\n',
      'docker-bake.hcl': 'target "default" { output = ["type=foo"] }\n',
    },
    message: 'ERROR: failed to solve: exporter "foo" could not be found',
  },
  {
    name: 'a malformed tag',
    files: { Dockerfile: 'FROM busybox\n', 'docker-bake.hcl': 'target "default" { tags = ["UPPER"] }\n' },
    message: 'invalid tag "UPPER": repository name must be lowercase',
  },
  {
    name: 'a missing secret file',
    files: {
      Dockerfile: 'FROM busybox\n',
      'docker-bake.hcl': 'target "default" { secret = ["id=t,src=gone"] }\n',
    },
    message: 'failed to stat gone: stat gone: no such file or directory',
  },
  {
    name: 'a push to nowhere',
    files: {
      Dockerfile: 'FROM busybox\n',
      'docker-bake.hcl':
        'target "default" {\n  tags = ["127.0.0.1:1/TAG"]\n  output = ["type=registry"]\n}\n',
    },
    message: /^ERROR: failed to solve: failed to push 127\.0\.0\.1:1\/bakekit-e2e:\w+: .*connection refused/m,
  },
  {
    name: 'a directory the kernel refuses to make',
    files: {
      Dockerfile: 'FROM scratch\nCOPY Dockerfile /\n',
      'docker-bake.hcl': 'target "default" { output = ["/proc/nope/out"] }\n',
    },
    args: ['--allow', 'fs=*'],
    message: 'cannot write output to /proc/nope/out: ',
  },
]

engineSuite('e2e/failures', (test, engine) => {
  for (const row of rows) {
    test(`${row.name} is reported by name`, async () => {
      const w = workspace(engine, row.files)
      assertFailure(await w.bake(row.args), 1, row.message)
    })
  }

  test('an Engine that does not run is named', async () => {
    const w = workspace(engine, { Dockerfile: 'FROM busybox\n', 'docker-bake.hcl': 'target "default" {}\n' })
    const socket = join(w.dir, 'dead.sock')
    const result = await w.bake([], { env: { DOCKER_HOST: `unix://${socket}` } })
    assertFailure(result, 1, `unix://${socket}`)
  })

  test('an Engine without BuildKit is told so', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(404, { 'content-type': 'application/json' })
      response.end('{"message":"page not found"}')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    try {
      const w = workspace(engine, {
        Dockerfile: 'FROM busybox\n',
        'docker-bake.hcl': 'target "default" {}\n',
      })
      const result = await w.bake([], { env: { DOCKER_HOST: `tcp://127.0.0.1:${port}` } })
      assertFailure(result, 1, /^ERROR: .+/m)
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })

  test('a failing build leaves an older output alone and nothing half-written', async () => {
    const w = workspace(engine, {
      Dockerfile: 'FROM busybox AS x\nRUN echo TAG; exit 1\nFROM scratch\nCOPY --from=x /etc /etc\n',
      'out/old.txt': 'old',
      'docker-bake.hcl': 'target "default" { output = ["out", "type=tar,dest=new/r.tar"] }\n',
    })
    assertFailure(await w.bake(), 1, 'exit code: 1')
    assert.equal(readdirSync(join(w.dir, 'out')), ['old.txt'])
    assert.not(existsSync(join(w.dir, 'new')))
  })

  if (isRoot) {
    test('a full disk is named and nothing half-written stays', async () => {
      const dir = tempDir()
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', dir])
      if (mounted.status !== 0) {
        console.log('no right to mount: the full disk is not tested')
        return
      }
      try {
        const w = workspace(engine, {
          Dockerfile: 'FROM busybox\n',
          'docker-bake.hcl': `target "default" { output = ["${dir}/out"] }\ntarget "tar" { output = ["type=tar,dest=${dir}/r.tar"] }\n`,
        })
        const allow = ['--allow', 'fs=*']
        assertFailure(await w.bake(allow), 1, `cannot write output to ${dir}/out: no space left on device`)
        assertFailure(
          await w.bake([...allow, 'tar']),
          1,
          `cannot write output to ${dir}/r.tar: no space left on device`,
        )
        assert.equal(readdirSync(dir), [])
      } finally {
        spawnSync('umount', [dir])
      }
    })
  } else {
    console.log('not root: the full disk is not tested')
    test('a file that cannot be read is named', async () => {
      const w = workspace(engine, {
        Dockerfile: 'FROM scratch\nCOPY locked /\n',
        locked: 'x',
        'docker-bake.hcl': `target "default" { ${cacheonly} }\n`,
      })
      spawnSync('chmod', ['000', join(w.dir, 'locked')])
      assertFailure(await w.bake(), 1, /locked.*permission denied/)
    })
  }

  test('Ctrl-C stops the build with status 130 and leaves nothing behind', async () => {
    const w = workspace(engine, {
      Dockerfile: 'FROM busybox\nRUN echo started TAG; sleep 60\n',
      'docker-bake.hcl': 'target "default" { output = ["out"] }\n',
    })
    const child = spawn(process.execPath, [cliPath, 'bake', '--progress', 'plain'], {
      cwd: w.dir,
      env: { ...process.env, ...engine.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const before = stderr
      stderr += text
      if (/^#\d+ [\d.]+ started/m.test(stderr) && !/^#\d+ [\d.]+ started/m.test(before)) child.kill('SIGINT')
    })
    const [code] = await once(child, 'close')
    assert.is(code, 130, stderr)
    assert.match(stderr, /^#\d+ CANCELED$/m)
    assert.match(stderr, /^ERROR: failed to solve: Canceled: context canceled$/m)
    assert.not(existsSync(join(w.dir, 'out')))
  })
}).run()
