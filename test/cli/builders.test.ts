import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommandLine } from '../../src/cli/run.ts'
import { createMemoryHost, type MemoryEntry, type MemoryHost } from '../../src/host/memory-host.ts'

const test = suite('cli/builders')
const buildx = '/home/me/.docker/buildx'
const far: Record<string, MemoryEntry> = {
  [`${buildx}/instances/far`]:
    '{"Name":"far","Driver":"remote","Nodes":[{"Name":"far0","Endpoint":"tcp://far:1","Platforms":null,"DriverOpts":null,"Flags":null,"Files":null}],"Dynamic":false}',
}

/** Words of a line; the memory host reaches no daemon. */
async function run(
  line: string,
  files: Record<string, MemoryEntry> = {},
  stdin = '',
): Promise<{ readonly host: MemoryHost; readonly code: number }> {
  const host = createMemoryHost({ files, stdin })
  const code = await runCommandLine(line === '' ? [] : line.split(' '), host)
  return { host, code }
}

const refused: readonly [line: string, message: string][] = [
  ['create --name default', 'default is a reserved name and cannot be used to identify builder instance'],
  [
    'create --name 1a',
    'invalid name 1a, name needs to start with a letter and may not contain symbols, except ._-',
  ],
  ['create --append', 'append requires a builder name'],
  ['create --append --name zz', 'failed to find instance "zz" for append'],
  ['create --leave', 'leave requires instance name'],
  ['create --leave --name x', 'leave requires node name'],
  ['create --leave --name zz --node q', 'failed to find instance "zz" for leave'],
  ['create --driver nosuch', 'failed to find driver "nosuch"'],
  ['create --driver docker', 'additional instances of driver "docker" cannot be created'],
  ['create --driver docker-container', 'the docker-container driver is not supported yet'],
  ['create --driver remote', 'no remote endpoint provided'],
  ['create --driver remote foo://x', 'unrecognized url scheme foo'],
  ['create --driver remote --driver-opt foo tcp://x:1', 'invalid value "foo", expecting k=v'],
  [
    'create --name r --driver remote --driver-opt foo=1 tcp://x:1',
    'failed to initialize builder r (r0): invalid driver option foo for remote driver',
  ],
  [
    'create --driver remote --platform a/b/c/d tcp://x:1',
    '"a/b/c/d": cannot parse platform specifier: invalid argument',
  ],
  ['create --timeout x', 'invalid argument "x" for "--timeout" flag: time: invalid duration "x"'],
  [
    'create --config no.toml tcp://x:1',
    'buildkit configuration file not found: no.toml: stat no.toml: no such file or directory',
  ],
  ['inspect nosuch', 'no builder "nosuch" found'],
  ['stop nosuch', 'no builder "nosuch" found'],
  [
    'use nosuch',
    `failed to find instance "nosuch": open ${buildx}/instances/nosuch: no such file or directory`,
  ],
  ['rm nosuch', 'failed to remove one or more builders'],
  ['rm --all-inactive x', 'cannot specify builder name when --all-inactive is set'],
  ['dial-stdio x', 'unknown command "x" for "bakekit dial-stdio"'],
  ['dial-stdio --progress x', 'invalid progress mode x'],
  [
    'ls --format {{.Nope}}',
    'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *commands.lsContext',
  ],
  ['ls --format {{.Name', 'template parsing error: template: :1: unclosed action'],
  ['ls --format {{foo', 'template parsing error: template: :1: unclosed action'],
]
for (const [line, message] of refused) {
  test(`${line} is refused, and nothing is recorded`, async () => {
    const { host, code } = await run(line)
    assert.is(code, 1)
    assert.is(host.stderrText().trimEnd().split('\n').at(-1), `ERROR: ${message}`)
    assert.equal(await host.list(`${buildx}/instances`).catch(() => []), [])
  })
}

for (const [line, want] of [
  [
    'create a b',
    "'bakekit create' requires at most 1 argument\n\nUsage:  bakekit create [OPTIONS] [CONTEXT|ENDPOINT]",
  ],
  ['ls x', "'bakekit ls' requires 0 arguments\n\nUsage:  bakekit ls"],
  ['stop a b', "'bakekit stop' requires at most 1 argument"],
] as const) {
  test(`${line} has too many arguments`, async () => {
    const { host, code } = await run(line)
    assert.is(code, 1)
    assert.ok(host.stderrText().startsWith(`ERROR: bakekit: ${want}`), host.stderrText())
  })
}

test('a builder is created, chosen, inspected and removed', async () => {
  const host = createMemoryHost({ now: Date.UTC(2026, 10, 21) })
  const cli = (line: string): Promise<number> => runCommandLine(line.split(' '), host)
  assert.is(await cli('create --name R --use --platform linux/arm64,linux/arm/v7 tcp://far:1'), 0)
  assert.is(await cli('create --name r --append --node two --platform linux/arm64 ssh://two'), 0)
  assert.is(await cli('inspect'), 0)
  assert.is(await cli('rm r'), 0)
  assert.is(
    host.stdoutText(),
    `R
R
Name:          R
Driver:        remote
Last Activity: 2026-11-21 00:00:00 +0000 UTC

Nodes:
Name:      R0
Endpoint:  tcp://far:1
Status:    inactive
Platforms: linux/arm/v7*

Name:      two
Endpoint:  ssh://two
Status:    inactive
Platforms: linux/arm64*
`.replace('R0', 'r0'),
  )
  assert.is(host.stderrText(), 'r removed\n')
  assert.equal(await host.list(`${buildx}/instances`), [])
})

test('a change to a node is warned about', async () => {
  const { host, code } = await run('create --name far --node far0 tcp://near:1', far)
  assert.is(code, 0)
  assert.is(host.stderrText(), 'WARNING: new settings may not be used until builder is restarted\n')
  assert.match(host.fileText(`${buildx}/instances/far`), /tcp:\/\/near:1/)
})

test('ls lists builders, contexts and, apart, what cannot be loaded', async () => {
  const files = {
    ...far,
    [`${buildx}/instances/odd`]: '{"Name":"odd","Driver":"foo","Nodes":[{"Name":"odd0","Endpoint":"x"}]}',
    [`${buildx}/instances/torn`]: '{',
  }
  const { host, code } = await run('ls', files)
  assert.is(code, 0)
  const lines = host
    .stdoutText()
    .split('\n')
    .map((line) => line.trimEnd())
  assert.equal(lines, [
    'NAME/NODE   DRIVER/ENDPOINT   STATUS     BUILDKIT   PLATFORMS',
    'far         remote',
    ' \\_ far0     \\_ tcp://far:1   inactive',
    'odd         foo               error',
    'default*                      error',
    '',
  ])
  assert.is(
    host.stderrText(),
    `
Cannot load builder odd: failed to find driver "foo"
Cannot load builder default: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?
WARNING: the record of builder "torn" in ${buildx}/instances/torn is damaged: not valid JSON
`,
  )
})

const formats: readonly [format: string, want: string][] = [
  ['{{.Name}}|{{.DriverEndpoint}}|{{.Status}}', 'far|remote|\nfar0|tcp://far:1|inactive\n'],
  ['{{upper .Name}}{{json .Name}}{{.Name | title}}', 'FAR"far"Far\nFAR0"far0"Far0\n'],
  ['table {{.Name}}\\t{{.Status}}', 'NAME/NODE   STATUS\nfar         \n \\_ far0    inactive\n'],
  [
    'json',
    '{"Current":false,"Driver":"remote","Dynamic":false,"LastActivity":"0001-01-01T00:00:00Z","Name":"far","Nodes":[{"Endpoint":"tcp://far:1","Name":"far0","Status":"inactive"}]}\n',
  ],
]
for (const [format, want] of formats) {
  test(`ls --format ${format}`, async () => {
    const host = createMemoryHost({ files: far })
    assert.is(await runCommandLine(['ls', '--format', format], host), 0)
    assert.ok(host.stdoutText().startsWith(want), host.stdoutText())
  })
}

test('use writes what docker buildx reads', async () => {
  const { host, code } = await run('use --global --default far', far)
  assert.is(code, 0)
  assert.is(
    host.fileText(`${buildx}/current`),
    '{"Key":"unix:///var/run/docker.sock","Name":"far","Global":true}',
  )
  assert.is((await host.list(`${buildx}/defaults`)).length, 1)
  assert.is(await runCommandLine(['use', 'default'], host), 0)
  assert.match(host.fileText(`${buildx}/current`), /"Name":""/)
  assert.equal(await host.list(`${buildx}/defaults`), [])
})

for (const [answer, left] of [
  ['n\n', ['far']],
  ['', ['far']],
  ['yes\n', ['far']],
  ['y\n', []],
] as const) {
  test(`rm --all-inactive asks, and ${JSON.stringify(answer)} leaves ${left.length}`, async () => {
    const { host, code } = await run('rm --all-inactive', far, answer)
    assert.is(code, 0)
    assert.equal(await host.list(`${buildx}/instances`), [...left])
    assert.match(host.stdoutText(), /Are you sure you want to continue\? \[y\/N\] $/)
  })
}

test('the builder of a docker context cannot be removed', async () => {
  const { host, code } = await run('rm default')
  assert.is(code, 1)
  assert.match(
    host.stderrText(),
    /^failed to remove default: context builder cannot be removed, run `docker context rm default`/,
  )
})

test.run()
