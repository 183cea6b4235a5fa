import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { workspace } from './workspace.ts'

engineSuite('e2e/build', (test, engine) => {
  test('args, labels, tags and the stage reach the image', async () => {
    const w = workspace(engine, {
      Dockerfile:
        'FROM busybox AS one\nARG WHO=nobody\nENV WHO=$WHO\nCMD echo "hello $WHO"\nFROM one AS two\nCMD echo no\n',
      'docker-bake.hcl':
        'target "default" {\n  args = { WHO = "world" }\n  labels = { "e2e.label" = "yes" }\n  tags = ["TAG", "TAG-b"]\n  target = "one"\n}\n',
    })
    const { stderr } = await w.baked()
    assert.match(stderr, /^#0 building with "[^"]+" instance using docker driver$/m)
    assert.match(stderr, /^#\d+ naming to docker\.io\/library\/bakekit-e2e:\w+(?: \d\.\d+s)?(?: done)?$/m)
    assert.is(await w.docker('run', '--rm', w.tag), 'hello world\n')
    const config = JSON.parse(await w.docker('image', 'inspect', `${w.tag}-b`))[0].Config
    assert.is(config.Labels['e2e.label'], 'yes')
    await w.docker('rmi', w.tag, `${w.tag}-b`)
  })

  test('a second build is cached, and no-cache builds again', async () => {
    const w = workspace(engine, {
      Dockerfile: 'FROM busybox\nRUN echo TAG > /x\n',
      'docker-bake.hcl': 'target "default" { output = ["type=cacheonly"] }\n',
    })
    await w.baked()
    assert.match((await w.baked()).stderr, /^#(\d+) \[2\/2\] RUN echo .*\n#\1 CACHED$/m)
    assert.match((await w.baked(['--no-cache'])).stderr, /^#(\d+) \[2\/2\] RUN echo .*\n#\1 DONE \d+\.\ds$/m)
  })

  test('no-cache-filter rebuilds one stage', async () => {
    const w = workspace(engine, {
      Dockerfile: 'FROM busybox AS a\nRUN echo TAG a\nFROM a AS b\nRUN echo TAG b\n',
      'docker-bake.hcl': 'target "default" {\n  output = ["type=cacheonly"]\n  no-cache-filter = ["b"]\n}\n',
    })
    await w.baked()
    const { stderr } = await w.baked()
    assert.match(stderr, /^#(\d+) \[a 2\/2\] RUN .*\n#\1 CACHED$/m)
    assert.match(stderr, /^#(\d+) \[b 1\/1\] RUN [^\n]*\n(?:#\1 \d[^\n]*\n)*#\1 DONE /m)
  })

  test('the ignore file keeps files out of the context', async () => {
    const w = workspace(engine, {
      Dockerfile: 'FROM busybox\nCOPY . /ctx\nCMD ls /ctx\n',
      '.dockerignore': '*.log\n!keep.log\nDockerfile\n.dockerignore\ndocker-bake.hcl\n',
      'a.txt': 'a',
      'b.log': 'b',
      'keep.log': 'k',
      'docker-bake.hcl': 'target "default" { tags = ["TAG"] }\n',
    })
    await w.baked()
    assert.is(await w.docker('run', '--rm', w.tag), 'a.txt\nkeep.log\n')
    await w.docker('rmi', w.tag)
  })

  test('an inline Dockerfile, one outside the context, and one in lower case are found', async () => {
    const w = workspace(engine, {
      'ctx/f': 'content\n',
      'docker/My.Dockerfile': 'FROM busybox\nCOPY f /f\n',
      'low/dockerfile': 'FROM busybox\nCOPY f /f\n',
      'low/f': 'content\n',
      'docker-bake.hcl': `
group "default" { targets = ["inline", "outside", "lower"] }
target "base" { output = ["type=cacheonly"] }
target "inline" {
  inherits = ["base"]
  context = "ctx"
  dockerfile-inline = "FROM busybox\\nCOPY f /f\\n"
}
target "outside" {
  inherits = ["base"]
  context = "ctx"
  dockerfile = "../docker/My.Dockerfile"
}
target "lower" {
  inherits = ["base"]
  context = "low"
}
`,
    })
    const { stderr } = await w.baked()
    assert.match(stderr, /load build definition from My\.Dockerfile/)
    assert.match(stderr, /load build definition from dockerfile/)
  })

  test('named contexts bring directories and images in', async () => {
    const w = workspace(engine, {
      'lib/f': 'from lib\n',
      Dockerfile: 'FROM base\nCOPY --from=lib f /f\nCMD cat /f\n',
      'docker-bake.hcl':
        'target "default" {\n  tags = ["TAG"]\n  contexts = {\n    lib = "./lib"\n    base = "docker-image://busybox"\n  }\n}\n',
    })
    await w.baked()
    assert.is(await w.docker('run', '--rm', w.tag), 'from lib\n')
    await w.docker('rmi', w.tag)
  })

  test('secrets, hosts, network and platforms reach the steps', async () => {
    const w = workspace(engine, {
      'token.txt': 'hush',
      Dockerfile:
        'FROM busybox\nARG TARGETPLATFORM\nRUN --mount=type=secret,id=t cat /run/secrets/t; --mount=type=secret,id=e cat /run/secrets/e || true\nRUN --mount=type=secret,id=e cat /run/secrets/e\nRUN grep 10.1.2.3 /etc/hosts\nRUN echo on $TARGETPLATFORM\n',
      'docker-bake.hcl':
        'target "default" {\n  output = ["type=cacheonly"]\n  no-cache = true\n  network = "none"\n  platforms = ["linux/amd64"]\n  secret = ["id=t,src=token.txt", "id=e,env=E2E_SECRET"]\n  extra-hosts = { far = "10.1.2.3" }\n}\n',
    })
    const { stderr } = await w.baked([], { env: { E2E_SECRET: 'env-secret' } })
    assert.match(stderr, /^#\d+ \d+\.\d+ hush/m)
    assert.match(stderr, /^#\d+ \d+\.\d+ env-secret$/m)
    assert.match(stderr, /^#\d+ \d+\.\d+ 10\.1\.2\.3\s+far$/m)
    assert.match(stderr, /^#\d+ \d+\.\d+ on linux\/amd64$/m)
  })

  test('targets build side by side with their names in front, and the context is sent once', async () => {
    const w = workspace(engine, {
      'big.bin': 'x'.repeat(300_000),
      Dockerfile: 'FROM busybox\nARG N\nCOPY big.bin /\nRUN echo target $N TAG\n',
      'docker-bake.hcl':
        'target "default" {\n  name = "t${n}"\n  matrix = { n = ["1", "2", "3"] }\n  args = { N = n }\n  output = ["type=cacheonly"]\n}\n',
    })
    const { stderr } = await w.baked()
    for (const n of [1, 2, 3]) assert.match(stderr, new RegExp(`^#\\d+ \\[t${n} 3/3\\] RUN echo target`, 'm'))
    assert.is(stderr.match(/^#\d+ transferring context: 300\.\d+kB .*done$/gm)?.length ?? 0, 1, stderr)
  })

  test('quiet prints nothing and the metadata file tells the results', async () => {
    const w = workspace(engine, {
      Dockerfile: 'FROM busybox\nRUN echo TAG\n',
      'docker-bake.hcl': 'target "default" { tags = ["TAG"] }\n',
    })
    const { stderr, stdout } = await w.baked(['--progress', 'quiet', '--metadata-file', 'meta.json'])
    assert.is(stderr, '')
    assert.is(stdout, '')
    const metadata = JSON.parse(
      await (await import('node:fs/promises')).readFile(`${w.dir}/meta.json`, 'utf8'),
    )
    assert.match(metadata.default['buildx.build.ref'], /^[^/]+\/[^/]+\/[0-9a-z]{25}$/)
    assert.match(metadata.default['containerimage.digest'], /^sha256:[0-9a-f]{64}$/)
    assert.is(metadata.default['containerimage.descriptor'].digest, metadata.default['containerimage.digest'])
    assert.is(metadata.default['image.name'], `docker.io/library/${w.tag}`)
    assert.is(metadata.default['buildx.build.provenance'].invocation.parameters.frontend, 'dockerfile.v0')
    await w.docker('rmi', w.tag)
  })

  test('rawjson writes one object per line', async () => {
    const w = workspace(engine, {
      Dockerfile: 'FROM busybox\nRUN echo raw TAG\n',
      'docker-bake.hcl': 'target "default" { output = ["type=cacheonly"] }\n',
    })
    const { stderr } = await w.baked(['--progress', 'rawjson'])
    const messages = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const logs = messages.flatMap((m) => m.logs ?? []).map((l) => Buffer.from(l.data, 'base64').toString())
    assert.match(logs.join(''), /raw bakekit-e2e/)
  })
}).run()
