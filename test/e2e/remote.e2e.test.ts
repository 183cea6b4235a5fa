import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { type RunResult, runCli, runProgram } from '../harness/run.ts'
import { tempDir, writeTree } from '../harness/temp.ts'
import { commit, type GitServer, git, serveGit } from './git-server.ts'

const TOKEN = 'secret-token'

const REPOSITORY = {
  'docker-bake.hcl': `
    variable "V" { default = "main" }
    group "default" { targets = ["app"] }
    target "app" {
      tags = ["app:\${V}"]
      output = ["out"]
    }
    target "near" {
      context = BAKE_CMD_CONTEXT
      dockerfile = "cwd://near.Dockerfile"
      output = ["out"]
    }
    target "unclear" {
      context = BAKE_CMD_CONTEXT
      dockerfile = "near.Dockerfile"
    }
    target "part" {
      context = "sub"
      contexts = { root = ".", deep = "sub/deep", mine = "cwd://mine" }
      dockerfile-inline = <<EOT
FROM scratch
COPY g /
COPY --from=root f /
COPY --from=deep h /
COPY --from=mine m /
EOT
      output = ["out"]
    }`,
  Dockerfile: 'FROM scratch\nCOPY f /\n',
  f: 'f',
  'other.hcl': 'target "default" { args = { FROM = "main" } }\n',
  'sub/docker-bake.hcl': 'target "default" {}\n',
  'sub/g': 'g',
  'sub/deep/h': 'h',
  'docker-bake.override.json': '{"target":{"app":{"labels":{"over":"ridden"}}}}',
}

const HERE = {
  'mine/m': 'm',
  'near.Dockerfile': 'FROM scratch\nCOPY mine/m /\n',
  'more.hcl': 'target "more" { inherits = ["app"] }\n',
}

/** Definitions whose plan must be the reference's, byte for byte; BASE is the server. */
const plans: readonly (readonly string[])[] = [
  ['BASE/repo.git'],
  ['BASE/repo.git', 'near'],
  ['BASE/repo.git', 'BASE/repo.git#dev', 'near'],
  ['BASE/repo.git', 'https://example.com/x.tgz', 'near'],
  ['BASE/repo.git#dev', '-f', 'other.hcl'],
  ['BASE/repo.git?branch=dev', '-f', 'other.hcl'],
  ['BASE/repo.git?tag=v1', '-f', 'other.hcl'],
  ['BASE/repo.git#:sub'],
  ['BASE/repo.git?subdir=sub'],
  ['BASE/repo.git', '-f', 'docker-bake.hcl', '-f', 'other.hcl', 'default', 'app'],
  ['BASE/repo.git', '-f', 'cwd://more.hcl', 'more'],
  ['BASE/other.hcl'],
  ['BASE/other.hcl', '-f', 'ignored.hcl', '-f', 'cwd://more.hcl', '--set', '*.platform=linux/arm64'],
  ['BASE/plain'],
  ['BASE/services.yaml', 'web'],
]

/** Mistakes: status and last line must be the reference's, and something must say what to do. */
const mistakes = [
  { args: ['BASE/nothing.hcl'], hint: 'hint: check the URL: nothing is there' },
  { args: ['BASE/nothing.git'], hint: 'hint: check the URL: nothing is there' },
  { args: ['BASE/repo.git#nosuch'], hint: 'hint: check the branch, tag or commit' },
  { args: ['BASE/repo.git#:nosuch'], hint: 'hint: check the subdirectory' },
  { args: ['BASE/repo.git#:sub/deep'], hint: 'hint: name a file of it with -f' },
  { args: ['BASE/repo.git', '-f', 'nosuch.hcl'], hint: 'hint: check the name given with -f' },
  { args: ['BASE/repo.git', '-f', '-'], hint: 'hint: check the name given with -f' },
  { args: ['BASE/repo.git', '-f', 'cwd://nosuch.hcl'], hint: 'hint: check the name given with -f' },
  { args: ['BASE/repo.git?what=1'], hint: 'hint: a git URL takes ref' },
  { args: ['BASE/repo.git', 'unclear'], hint: 'cwd://near.Dockerfile' },
  { args: ['BASE/private/repo.git'], hint: 'BUILDX_BAKE_GIT_AUTH_TOKEN' },
  { args: ['http://127.0.0.1:1/a.hcl'], hint: 'check that it can reach the host' },
] as const

engineSuite('e2e/remote', (test, engine) => {
  let server: GitServer

  test.before(async () => {
    const work = tempDir()
    commit(work, 'main', REPOSITORY)
    git(work, 'tag', 'v1')
    commit(work, 'dev', { 'other.hcl': 'target "default" { args = { FROM = "dev" } }\n' })
    git(work, 'checkout', '--quiet', 'main')
    const root = tempDir({
      'other.hcl': REPOSITORY['other.hcl'],
      plain: REPOSITORY['other.hcl'],
      'services.yaml': 'services:\n  web:\n    build: ./web\n',
      'long.hcl': `${'# A line that says little.\n'.repeat(100)}${REPOSITORY['other.hcl']}`,
      'huge.hcl': '#'.repeat(2 * 1024 * 1024 + 1),
    })
    git(work, 'clone', '--quiet', '--bare', '.', join(root, 'repo.git'))
    for (const [flag, name] of [
      ['-cf', 'tree.tar'],
      ['-czf', 'tree.tgz'],
    ] as const) {
      const run = spawnSync('tar', [flag, join(root, name), '--exclude', '.git', '.'], { cwd: work })
      assert.is(run.status, 0)
    }
    server = await serveGit(root, TOKEN)
  })
  test.after(() => server.close())

  const filled = (args: readonly string[]): string[] => args.map((arg) => arg.replaceAll('BASE', server.url))
  const bake = (
    args: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<RunResult> =>
    runCli(['bake', ...filled(args), '--progress', 'plain'], { cwd, env: { ...engine.env, ...env } })
  const reference = (args: readonly string[], cwd: string): Promise<RunResult> =>
    runProgram(engine.reference, ['bake', ...filled(args), '--progress', 'plain'], { cwd, env: engine.env })
  const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1)

  for (const args of plans) {
    test(`the plan of ${args.join(' ')} is the reference's`, async () => {
      const cwd = tempDir(HERE)
      const [ours, theirs] = [
        await bake([...args, '--print'], cwd),
        await reference([...args, '--print'], cwd),
      ]
      assert.is(ours.code, 0, ours.stderr)
      assert.is(theirs.code, 0, theirs.stderr)
      assert.is(ours.stdout, theirs.stdout)
    })
  }

  for (const { args, hint } of mistakes) {
    test(`${args.join(' ')} ends like the reference, and says what to do`, async () => {
      const cwd = tempDir(HERE)
      const [ours, theirs] = [
        await bake([...args, '--print'], cwd),
        await reference([...args, '--print'], cwd),
      ]
      assert.is(ours.code, theirs.code)
      assert.is(ours.code, 1)
      assert.is(lastLine(ours.stderr), lastLine(theirs.stderr))
      assert.ok(ours.stderr.includes(hint), ours.stderr)
    })
  }

  test('the targets of a remote definition are listed', async () => {
    const cwd = tempDir()
    const args = ['BASE/repo.git', '--list', 'targets']
    assert.is((await bake(args, cwd)).stdout, (await reference(args, cwd)).stdout)
  })

  test('reading and building are the same steps as in the reference', async () => {
    const cwd = tempDir()
    const steps = (text: string): string[] =>
      text.split('\n').filter((line) => /^#\d+ (?:building|\[)/.test(line))
    const args = ['BASE/repo.git#v1']
    await bake(args, cwd)
    assert.equal(
      new Set(steps((await bake(args, cwd)).stderr)),
      new Set(steps((await reference(args, cwd)).stderr)),
    )
  })

  const built = async (
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Readonly<Record<string, string>>> => {
    const cwd = tempDir(HERE)
    const run = await bake(args, cwd, env)
    assert.is(run.code, 0, run.stderr)
    const out = join(cwd, 'out')
    return Object.fromEntries(
      readdirSync(out)
        .sort()
        .map((name) => [name, readFileSync(join(out, name), 'utf8')]),
    )
  }

  test('a target is built from its repository', async () => {
    assert.equal(await built(['BASE/repo.git']), { f: 'f' })
  })

  test('a target takes its context and Dockerfile from this machine', async () => {
    assert.equal(await built(['BASE/repo.git', 'near']), { m: 'm' })
  })

  for (const definition of ['BASE/repo.git', 'BASE/tree.tar', 'BASE/tree.tgz']) {
    test(`directories of ${definition} serve as context and named contexts`, async () => {
      assert.equal(await built([definition, 'part']), { f: 'f', g: 'g', h: 'h', m: 'm' })
    })
  }

  test('an archive is read like a repository', async () => {
    const run = await bake(['BASE/tree.tgz', '--print', 'app', 'part'], tempDir())
    const { target } = JSON.parse(run.stdout)
    assert.is(target.app.context, `${server.url}/tree.tgz`)
    assert.equal(target.app.labels, { over: 'ridden' })
    assert.is(target.part.context, `${server.url}/tree.tgz#:sub`)
    assert.equal(await built(['BASE/tree.tgz']), { f: 'f' })
  })

  test('a relative context of a repository is printed as its URL', async () => {
    const contexts = async (url: string): Promise<string> =>
      JSON.parse((await bake([url, '--print', 'part', '-f', 'docker-bake.hcl'], tempDir())).stdout).target
        .part.context
    assert.is(await contexts('BASE/repo.git'), `${server.url}/repo.git#:sub`)
    assert.is(await contexts('BASE/repo.git#v1'), `${server.url}/repo.git#v1:sub`)
  })

  test('a definition of more than a kilobyte is read to its end, one of more than 2 MB refused', async () => {
    const long = await bake(['BASE/long.hcl', '--print'], tempDir())
    assert.equal(JSON.parse(long.stdout).target.default.args, { FROM: 'main' })
    const huge = await bake(['BASE/huge.hcl', '--print'], tempDir())
    assert.is(huge.code, 1)
    assert.match(huge.stderr, /non-archive definition URL bigger than maximum allowed size \(2\.097MB\)/)
  })

  test('a token opens a private repository for reading and for building', async () => {
    const env = { BUILDX_BAKE_GIT_AUTH_TOKEN: TOKEN }
    assert.equal(await built(['BASE/private/repo.git'], env), { f: 'f' })
  })

  test('paths outside of the working directory need permission, which a variable gives for remote definitions', async () => {
    const cwd = join(tempDir({ 'here/mine/m': 'm' }), 'here')
    writeTree(cwd, HERE)
    const args = ['BASE/repo.git', 'near', '--set', 'near.contexts.up=cwd://..']
    const refused = await bake(args, cwd)
    assert.is(refused.code, 1)
    assert.match(refused.stderr, / - Read access to path \.\./)
    assert.is((await bake(args, cwd, { BAKE_ALLOW_REMOTE_FS_ACCESS: '1' })).code, 0)
  })
}).run()
