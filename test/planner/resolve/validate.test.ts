import { type Row, rowSuite, target } from '../bake-rows.ts'

const bad = (name: string, body: string, error: string): Row => ({ name, hcl: target(body), error })
const good = (name: string, body: string, fields: Readonly<Record<string, unknown>>): Row => ({
  name,
  hcl: target(body),
  want: { default: fields },
})

const contexts: readonly Row[] = [
  good('a context is cleaned', 'context = "./a/../b/"', { context: 'b' }),
  good('an empty context is the current directory', 'context = ""', {}),
  good('cwd:// is taken off and cleaned', 'context = "cwd://foo/"', { context: 'foo' }),
  good('a Dockerfile is not cleaned', 'dockerfile = "./x/../D"', { dockerfile: './x/../D' }),
  ...[
    'https://github.com/a/b.git#x:y/../z',
    'git@github.com:a/b.git',
    'github.com/a/../b',
    'ssh://git@h/x',
    'http://h/x/../y',
    'git://h/../y',
    'foo@bar:baz/../x',
  ].map((url) => good(`${url} is left alone`, `context = "${url}"`, { context: url })),
  good('a scheme is lower-case', 'context = "HTTP://h/x/../y"', { context: 'HTTP:/h/y' }),
  good('an image is a path here', 'context = "docker-image://x"', { context: 'docker-image:/x' }),
  bad('no context from stdin', 'context = "-"', 'context from stdin not allowed in bake'),
  bad('no Dockerfile from stdin', 'dockerfile = "-"', 'dockerfile from stdin not allowed in bake'),
]

const remote = (context: string, want: string, remoteUrl = 'https://h/r.git'): Row => ({
  name: `${context} inside ${remoteUrl}`,
  hcl: target(`context = "${context}"`),
  remoteUrl,
  want: { default: { context: want } },
})
const remotes: readonly Row[] = [
  remote('.', 'https://h/r.git'),
  remote('sub/./x', 'https://h/r.git#:sub/x'),
  remote('sub', 'https://h/r.git#main:sub', 'https://h/r.git#main'),
  remote('sub', 'https://h/r.git#:a/sub', 'https://h/r.git#:a'),
  remote('sub', 'https://h/r.git?ref=x&subdir=a%2Fsub', 'https://h/r.git?subdir=a&ref=x'),
  remote('cwd://x', 'x'),
  remote('https://o/p.git', 'https://o/p.git'),
]

const values: readonly Row[] = [
  bad('a size', 'shm-size = "zz"', 'invalid value zz for membytes key shm-size'),
  bad(
    'a platform',
    'platforms = ["foo/bar/baz/q"]',
    '"foo/bar/baz/q": cannot parse platform specifier: invalid argument',
  ),
  good(
    'platforms print as written',
    'platforms = ["linux/amd64", "linux/amd64", "", "linux/x86_64", "local"]',
    { platforms: ['linux/amd64', 'linux/x86_64', 'local'] },
  ),
  bad('a limit without a value', 'ulimits = ["nofile"]', 'invalid ulimit argument: nofile'),
  bad('an unknown limit', 'ulimits = ["foo=1"]', 'invalid ulimit type: foo'),
  bad(
    'a soft limit above the hard one',
    'ulimits = ["nofile=2:1"]',
    'ulimit soft limit must be less than or equal to hard limit: 2 > 1',
  ),
  bad(
    'an unlimited soft limit',
    'ulimits = ["nofile=-1:5"]',
    'ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: 5',
  ),
  good('an unlimited hard limit', 'ulimits = ["nofile=5:-1"]', { ulimits: ['nofile=5:-1'] }),
  bad(
    'too many limits',
    'ulimits = ["nofile=1:2:3"]',
    'too many limit value arguments - 1:2:3, can only have up to two, `soft[:hard]`',
  ),
  bad(
    'a limit that is no number',
    'ulimits = ["nofile=1:b"]',
    'strconv.ParseInt: parsing "b": invalid syntax',
  ),
  bad(
    'a limit out of range',
    'ulimits = ["nofile=99999999999999999999"]',
    'strconv.ParseInt: parsing "99999999999999999999": value out of range',
  ),
  bad(
    'an annotation without a value',
    'annotations = ["foo"]',
    'invalid annotation "foo", expected key=value',
  ),
  bad('an unknown annotation type', 'annotations = ["xx:a=b"]', 'unknown annotation type "xx"'),
  bad(
    'an annotation type with capitals',
    'annotations = ["Manifest:a=b"]',
    'invalid annotation type "Manifest", expected type and optional platform in square brackets',
  ),
  good('annotation types with platforms', 'annotations = ["manifest[linux/amd64],index:a=b"]', {
    annotations: ['manifest[linux/amd64],index:a=b'],
  }),
  bad(
    'memory',
    'resources = { memory = "zz" }',
    `invalid value "zz" for resource memory: invalid size: 'zz'`,
  ),
  good('unlimited swap', 'resources = { memory-swap = "-1" }', { resources: { 'memory-swap': '-1' } }),
  bad('a secret without id', 'secret = ["env=HOME"]', 'secret missing ID'),
  bad(
    'a directory output without destination',
    'output = ["type=local"]',
    'dest is required for local exporter',
  ),
  bad(
    'a directory output to stdout',
    'output = ["type=local,dest=-"]',
    'dest cannot be stdout for local exporter',
  ),
  bad(
    'an OCI layout without destination',
    'output = ["type=oci,tar=false"]',
    'dest is required for oci exporter',
  ),
  bad(
    'two outputs to stdout',
    'output = ["type=tar", "type=oci"]',
    'multiple outputs configured to write to stdout',
  ),
  good('an OCI archive without destination', 'output = ["type=oci"]', {
    output: [{ dest: '-', type: 'oci' }],
  }),
  good('any other output', 'output = ["type=foo"]', { output: [{ type: 'foo' }] }),
  {
    name: 'several mistakes are told at once',
    hcl: target('shm-size = "zz"', 'ulimits = ["foo=1"]'),
    error: 'invalid value zz for membytes key shm-size',
    errors: 2,
  },
]

const collisions: readonly Row[] = [
  {
    name: 'one tag for two targets warns',
    hcl: 'target "a" { tags = ["x", "y"] }\ntarget "b" { tags = ["y"] }\n',
    targets: ['a', 'b'],
    warning: 'targets "a" and "b" write the same tag "y"',
  },
  {
    name: 'one cache for three targets warns',
    hcl: 'target "a" { cache-to = ["type=registry,ref=r"] }\ntarget "b" { inherits = ["a"] }\ntarget "c" { inherits = ["a"] }\n',
    targets: ['a', 'b', 'c'],
    warning: 'targets "a", "b" and "c" write the same cache "r"',
  },
  {
    name: 'one file for two targets warns',
    hcl: 'target "a" { output = ["out"] }\ntarget "b" { output = ["out"] }\n',
    targets: ['a', 'b'],
    warning: 'targets "a" and "b" write the same output "out"',
  },
]

const test = rowSuite('planner/resolve/validate', [...contexts, ...remotes, ...values, ...collisions])
test.run()
