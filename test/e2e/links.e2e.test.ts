import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { assertFailure, workspace } from './workspace.ts'

const chain = `
group "default" { targets = ["app"] }
target "base" {
  dockerfile-inline = "FROM busybox\\nENV FROM_BASE=yes\\nRUN echo TAG > /base\\n"
}
target "middle" {
  contexts = { b = "target:base" }
  dockerfile-inline = "FROM b\\nRUN cat /base > /middle\\n"
}
target "app" {
  contexts = { m = "target:middle", b = "target:base" }
  dockerfile-inline = "FROM m\\nCOPY --from=b /base /again\\nCMD echo $FROM_BASE; cat /middle /again\\n"
  tags = ["TAG"]
}
`

engineSuite('e2e/links', (test, engine) => {
  test('a chain of links carries files and the configuration', async () => {
    const w = workspace(engine, { 'docker-bake.hcl': chain })
    const { stderr } = await w.baked()
    assert.is(await w.docker('run', '--rm', w.tag), `yes\n${w.tag}\n${w.tag}\n`)
    assert.is(stderr.match(/RUN echo bakekit-e2e/g)?.length, 1, stderr)
    await w.docker('rmi', w.tag)
  })

  test('a linked target that is asked for too keeps its own output', async () => {
    const w = workspace(engine, { 'docker-bake.hcl': chain })
    await w.baked(['base', 'app', '--set', `base.tags=${w.tag}-base`])
    assert.is((await w.docker('run', '--rm', `${w.tag}-base`, 'cat', '/base')).trim(), w.tag)
    await w.docker('rmi', w.tag, `${w.tag}-base`)
  })

  test('links work for several platforms when no step runs', async () => {
    const w = workspace(engine, {
      f: 'data',
      'docker-bake.hcl': `
target "base" {
  dockerfile-inline = "FROM scratch\\nCOPY f /base\\n"
  platforms = ["linux/amd64", "linux/arm64"]
}
target "default" {
  contexts = { b = "target:base" }
  dockerfile-inline = "FROM b\\nCOPY f /app\\n"
  platforms = ["linux/amd64", "linux/arm64"]
  output = ["out"]
}
`,
    })
    await w.baked()
    const { readdir } = await import('node:fs/promises')
    assert.equal(await readdir(`${w.dir}/out`), ['linux_amd64', 'linux_arm64'])
    assert.equal(
      (await readdir(`${w.dir}/out/linux_arm64`)).filter((n) => !n.endsWith('.json')),
      ['app', 'base'],
    )
  })

  test('a failing parent is named once', async () => {
    const w = workspace(engine, {
      'docker-bake.hcl': `
target "base" { dockerfile-inline = "FROM busybox\\nRUN echo TAG; false\\n" }
target "default" {
  contexts = { b = "target:base" }
  dockerfile-inline = "FROM b\\n"
}
`,
    })
    const result = await w.bake()
    assertFailure(
      result,
      1,
      /^ERROR: target base: failed to solve: process .* did not complete successfully: exit code: 1$/m,
    )
    assert.is(result.stderr.match(/^ERROR:/gm)?.length, 1)
  })

  for (const [name, hcl, message] of [
    [
      'a cycle',
      'target "a" { contexts = { x = "target:b" } }\ntarget "b" { contexts = { x = "target:a" } }',
      'infinite loop from',
    ],
    ['a link to itself', 'target "a" { contexts = { x = "target:a" } }', 'target a cannot link to itself'],
    ['a link to nothing', 'target "a" { contexts = { x = "target:zz" } }', 'failed to find target zz'],
  ] as const) {
    test(`${name} is refused before anything is built`, async () => {
      const w = workspace(engine, { 'docker-bake.hcl': `${hcl}\n` })
      assertFailure(await w.bake(['a']), 1, message)
    })
  }
}).run()
