import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attestFlagText, attestOfMap, parseAttest } from '../../../src/planner/elements/attest.ts'
import { cacheOfMap, parseCache } from '../../../src/planner/elements/cache.ts'
import { outputOfMap, parseOutput } from '../../../src/planner/elements/output.ts'
import type { Parsed } from '../../../src/planner/elements/parsed.ts'
import { parsePolicy } from '../../../src/planner/elements/policy.ts'
import { isGitUrl, isRemoteUrl } from '../../../src/planner/elements/remote-url.ts'
import { parseSecret } from '../../../src/planner/elements/secret.ts'
import { parseSsh } from '../../../src/planner/elements/ssh.ts'

/** Spec bake 2.5: `want` is the entry, or the refusal as a text. */
interface Row {
  readonly name: string
  readonly got: Parsed<unknown>
  readonly want: unknown
}
const ref = (name: string): unknown => ({ type: 'registry', attrs: { ref: name } })
const output = (type: string, attrs: Readonly<Record<string, string>> = {}): unknown => ({ type, attrs })
const json = (): string => '{"bucket":"b"}'

const rows: readonly Row[] = [
  { name: 'cache: references', got: parseCache('u/a,u/b'), want: [ref('u/a'), ref('u/b')] },
  {
    name: 'cache: keys are lower-cased',
    got: parseCache('TYPE=gha,Scope=S'),
    want: [output('gha', { scope: 'S' })],
  },
  { name: 'cache: no type', got: parseCache('foo=bar'), want: 'type required for "foo=bar"' },
  { name: 'cache: a field without =', got: parseCache('type=registry,x'), want: 'invalid value x' },
  {
    name: 'cache: an object without type',
    got: cacheOfMap(new Map([['bucket', 'b']]), json),
    want: 'type required for "{\\"bucket\\":\\"b\\"}"',
  },
  { name: 'output: stdout', got: parseOutput('-'), want: output('tar', { dest: '-' }) },
  { name: 'output: a path', got: parseOutput('out'), want: output('local', { dest: 'out' }) },
  { name: 'output: a path with =', got: parseOutput('dest=o'), want: output('local', { dest: 'dest=o' }) },
  {
    name: 'output: quoted fields and trimmed keys',
    got: parseOutput('type=image,"name=a,b", Push =true'),
    want: output('image', { name: 'a,b', push: 'true' }),
  },
  { name: 'output: an empty destination is none', got: parseOutput('type=tar,dest='), want: output('tar') },
  { name: 'output: no type', got: parseOutput('name=a,push=true'), want: 'type is required for output' },
  { name: 'output: two words', got: parseOutput('a,b'), want: 'invalid value a' },
  {
    name: 'output: an object without type',
    got: outputOfMap(new Map([['dest', 'x']])),
    want: 'type is required for output',
  },
  {
    name: 'attest: keys keep their case',
    got: parseAttest('type=sbom,Generator=g'),
    want: { type: 'sbom', disabled: false, attrs: { Generator: 'g' } },
  },
  {
    name: 'attest: switched off',
    got: parseAttest('type=sbom,disabled=1'),
    want: { type: 'sbom', disabled: true, attrs: {} },
  },
  {
    name: 'attest: a bad switch',
    got: parseAttest('type=sbom,disabled=x'),
    want: 'invalid value disabled=x: strconv.ParseBool: parsing "x": invalid syntax',
  },
  { name: 'attest: no type', got: parseAttest('mode=max'), want: 'attestation type not specified' },
  {
    name: 'attest: an object may lack the type',
    got: attestOfMap(new Map([['mode', 'max']])),
    want: { type: '', disabled: false, attrs: { mode: 'max' } },
  },
  { name: 'secret: source is src', got: parseSecret('id=a,source=f'), want: { id: 'a', src: 'f' } },
  {
    name: 'secret: type env turns src into env',
    got: parseSecret('type=env,id=a,src=E'),
    want: { id: 'a', env: 'E' },
  },
  { name: 'secret: an unknown type', got: parseSecret('type=foo'), want: 'unsupported secret type "foo"' },
  { name: 'secret: an unknown key', got: parseSecret('Foo=bar'), want: "unexpected key 'foo' in 'Foo=bar'" },
  { name: 'secret: no pair', got: parseSecret('foo'), want: "invalid field 'foo' must be a key=value pair" },
  {
    name: 'policy: all keys',
    got: parsePolicy('filename=a,filename=b,reset=1,disabled=f,strict=true,log-level=WARN'),
    want: { files: ['a', 'b'], reset: true, disabled: false, strict: true, logLevel: 'warning' },
  },
  { name: 'policy: an unknown key', got: parsePolicy('foo=1'), want: 'invalid value foo=1' },
  { name: 'policy: no pair', got: parsePolicy('foo'), want: 'invalid value foo' },
]

const test = suite('planner/elements')
for (const row of rows)
  test(row.name, () => assert.equal(row.got.ok ? row.got.value : row.got.message, row.want))

test('ssh: an id with paths split at every comma', () => {
  assert.equal(parseSsh('default'), { id: 'default', paths: [] })
  assert.equal(parseSsh('k=a=b,"c"'), { id: 'k', paths: ['a=b', '"c"'] })
})

test('flags of attestations are texts or switches', () => {
  assert.is(attestFlagText('sbom', 'true'), 'type=sbom,disabled=false')
  assert.is(attestFlagText('sbom', 'f'), 'type=sbom,disabled=true')
  assert.is(attestFlagText('provenance', 'mode=max'), 'type=provenance,mode=max')
})

const urls = [
  ['https://h/x.git', 'git'],
  ['https://h/x.git?ref=a#b:c', 'git'],
  ['https://h/x.tar.gz', 'http'],
  ['git@h:x/y', 'git'],
  ['github.com/a/b', 'git'],
  ['ssh://h/x', 'git'],
  ['./github.com/a', 'local'],
  ['a:b', 'local'],
  ['dir/x.git', 'local'],
] as const
for (const [url, kind] of urls) {
  test(`${url} is ${kind}`, () => {
    assert.is(isGitUrl(url) ? 'git' : isRemoteUrl(url) ? 'http' : 'local', kind)
  })
}
test.run()
