import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { cliPath, type RunResult, runProgram } from '../harness/run.ts'
import { tempDir } from '../harness/temp.ts'

const definition = `target "default" {
  dockerfile-inline = "FROM busybox\\nRUN echo waiting && sleep 600"
  no-cache          = true
  output            = ["type=cacheonly"]
}
`

engineSuite('e2e/plugin', (test, engine) => {
  const plugin = `#!/bin/sh\nexec '${process.execPath}' '${cliPath}' "$@"\n`
  const config = tempDir({ 'cli-plugins/docker-buildx': plugin, 'cli-plugins/docker-bakekit': plugin })
  for (const name of ['buildx', 'bakekit']) chmodSync(join(config, 'cli-plugins', `docker-${name}`), 0o755)
  const cwd = tempDir({ 'docker-bake.hcl': definition })
  const env = { ...engine.env, DOCKER_CONFIG: config }
  const docker = (...args: readonly string[]): Promise<RunResult> =>
    runProgram(engine.docker, args, { cwd, env })

  for (const name of ['buildx', 'bakekit']) {
    test(`docker ${name} is ours`, async () => {
      const { code, stdout } = await docker(name, 'version')
      assert.is(code, 0)
      assert.match(stdout, /^bakekit v\d/)
    })
  }

  test('docker lists the plugin with what it does', async () => {
    const { stdout } = await docker('--help')
    assert.match(stdout, /^ {2}bakekit\* +Build with Bake definitions$/m)
  })

  test('a plan is printed', async () => {
    const { code, stdout } = await docker('buildx', 'bake', '--print')
    assert.is(code, 0)
    assert.equal(Object.keys(JSON.parse(stdout).target), ['default'])
  })

  test('a flag that does not exist ends with 125', async () => {
    const { code, stderr } = await docker('buildx', 'bake', '--nosuch')
    assert.is(code, 125)
    assert.match(stderr, 'unknown flag: --nosuch\n\nUsage:  docker buildx bake [OPTIONS] [TARGET...]\n')
  })

  test('a signal that reaches docker alone cancels the build', async () => {
    const child = spawn(engine.docker, ['buildx', 'bake', '--progress', 'plain'], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let text = ''
    let signalled = false
    child.stderr.setEncoding('utf8').on('data', (more: string) => {
      text += more
      if (signalled || !/^#\d+ \d\.\d+ waiting$/m.test(text)) return
      signalled = true
      child.kill('SIGTERM')
    })
    const [code] = await once(child, 'close')
    assert.is(code, 130, text)
    assert.match(text, 'ERROR: failed to solve: Canceled: context canceled')
  })
}).run()
