import { lines, type Row, rowSuite, target } from '../bake-rows.ts'

const set = (
  name: string,
  overrides: readonly string[],
  more: Partial<Row>,
  ...body: readonly string[]
): Row => ({
  name,
  hcl: target(...body),
  set: overrides,
  ...more,
})
const plain = (fields: Readonly<Record<string, unknown>>): Partial<Row> => ({ want: { default: fields } })
const refused = (error: string): Partial<Row> => ({ error })

const shapes: readonly Row[] = [
  set('a key is needed', ['foo=bar'], refused('invalid override key foo, expected target.name')),
  set(
    'a value is needed',
    ['default.tags'],
    refused('invalid override default.tags, expected target.name=value'),
  ),
  set('an unknown target', ['defaul.tags=x'], {
    error: "could not find any target matching 'defaul'",
    hint: 'did you mean "default"?',
  }),
  set('a broken pattern', ['[.tags=x'], refused("could not match targets with '[': syntax error in pattern")),
  set('an unknown key', ['default.tag=x'], { error: 'unknown key: tag', hint: 'did you mean "tags"?' }),
  set('an unknown key of a target nobody builds', ['other.tag=x'], {
    hcl: lines(target(), 'target "other" {}'),
    ...plain({}),
  }),
  set('arguments have names', ['default.args=x'], refused('invalid key default.args, args requires name')),
  set(
    'arguments have names also when appended',
    ['default.args+=x'],
    refused('invalid key default.args+, args requires name'),
  ),
  set(
    'named contexts have names',
    ['default.contexts=x'],
    refused('invalid key default.contexts, contexts requires name'),
  ),
  set(
    'labels have names',
    ['default.labels=x'],
    refused('invalid format for labels, expecting labels.<name>=<value>'),
  ),
  set('secrets have ids', ['default.secret=x'], refused('invalid key default.secret, secret requires name')),
  set('resources have names', ['default.resources.x=1'], refused('unknown resources key x')),
  set(
    'resources do not append',
    ['default.resources.memory+=1'],
    refused('invalid key default.resources.memory+, resources does not support append'),
  ),
  ...['inherits', 'description', 'name', 'matrix', 'dockerfile-inline', 'platforms', 'outputs'].map((key) =>
    set(`${key} is not settable`, [`default.${key}=x`], refused(`unknown key: ${key}`)),
  ),
]

const texts: readonly Row[] = [
  set(
    'texts are replaced',
    [
      'default.context=../x/',
      'default.dockerfile=D',
      'default.target=s',
      'default.call=check',
      'default.shm-size=1g',
    ],
    plain({ context: '../x', dockerfile: 'D', target: 's', 'shm-size': '1g', call: 'check' }),
  ),
  set('the last text wins', ['*.target=a', 'default.target=b', 'd*.target+=c'], plain({ target: 'c' })),
  set('a sub key keeps its dots', ['default.args.a.b=1'], plain({ args: { 'a.b': '1' } })),
  set(
    'an argument without a value comes from the environment',
    ['default.args.x'],
    { env: { x: 'E' }, ...plain({ args: { x: 'E' } }) },
    'args = { x = "q" }',
  ),
  set('or stays when that is not set', ['default.args.x'], plain({ args: { x: 'q' } }), 'args = { x = "q" }'),
  set(
    'or is empty when the environment is not read',
    ['default.args.x'],
    { env: { x: 'E' }, envLookup: false, ...plain({ args: { x: '' } }) },
    'args = { x = "q" }',
  ),
  set('an empty named context goes away', ['default.contexts.a='], plain({}), 'contexts = { a = "b" }'),
  set(
    'labels and hosts',
    ['default.labels.x=y', 'default.extra-hosts.h=1.1.1.1'],
    plain({ labels: { x: 'y' }, 'extra-hosts': { h: '1.1.1.1' } }),
  ),
  set('booleans', ['default.no-cache=1', 'default.pull=F'], plain({ pull: false, 'no-cache': true })),
  set('a bad boolean', ['default.no-cache=x'], refused('invalid value x for boolean key no-cache')),
  set(
    'resources',
    ['default.resources.memory=1g', 'default.resources.cpu-shares=5'],
    plain({ resources: { memory: '1g', 'cpu-shares': 5 } }),
  ),
  set(
    'a bad CPU share',
    ['default.resources.cpu-shares=x'],
    refused('invalid value x for int64 key resources.cpu-shares'),
  ),
]

const lists: readonly Row[] = [
  set('= replaces', ['default.tags=b,c'], plain({ tags: ['b,c'] }), 'tags = ["a"]'),
  set('+= extends', ['default.tags+=b'], plain({ tags: ['a', 'b'] }), 'tags = ["a"]'),
  set('an empty value clears', ['default.tags='], plain({}), 'tags = ["a"]'),
  set(
    'platforms go by platform',
    ['default.platform=linux/arm64', 'default.platform=linux/amd64'],
    plain({ platforms: ['linux/arm64', 'linux/amd64'] }),
  ),
  set(
    'annotations and entitlements always extend',
    ['default.annotations=a=b', 'default.entitlements=x'],
    plain({ annotations: ['c=d', 'a=b'], entitlements: ['y', 'x'] }),
    'annotations = ["c=d"]',
    'entitlements = ["y"]',
  ),
  set(
    'attestations extend by type',
    ['default.attest=type=sbom', 'default.attest=type=provenance,mode=min'],
    plain({ attest: [{ type: 'provenance', mode: 'min' }, { type: 'sbom' }] }),
    'attest = ["type=provenance"]',
  ),
  set('a bad attestation', ['default.attest=sbom'], refused('invalid value for attest: invalid value sbom')),
  set(
    'caches',
    ['default.cache-from+=a,b', 'default.cache-to=type=inline'],
    plain({
      'cache-from': ['c', 'a', 'b'].map((ref) => ({ ref, type: 'registry' })),
      'cache-to': [{ type: 'inline' }],
    }),
    'cache-from = ["c", "a"]',
  ),
  set('a bad cache', ['default.cache-from=foo=bar'], refused('type required for "foo=bar"')),
  set(
    'an output',
    ['default.output=type=docker', 'default.output+=type=image'],
    plain({ output: [{ dest: 'o', type: 'local' }, { type: 'docker' }, { type: 'image' }] }),
    'output = ["type=local,dest=o"]',
  ),
  set('a bad output', ['default.output=type=foo,x'], refused('invalid value for outputs: invalid value x')),
  set(
    'secrets go by secrets',
    ['default.secrets+=id=b,env=HOME'],
    plain({
      secret: [
        { id: 'a', env: 'PATH' },
        { id: 'b', env: 'HOME' },
      ],
    }),
    'secret = ["id=a,env=PATH"]',
  ),
  set(
    'a bad secret speaks of outputs',
    ['default.secrets=foo'],
    refused("invalid value for outputs: invalid field 'foo' must be a key=value pair"),
  ),
  set(
    'a declared secret takes another source',
    ['default.secret.a=env=HOME'],
    plain({ secret: [{ id: 'a', env: 'HOME' }] }),
    'secret = ["id=a,src=x"]',
  ),
  set(
    'an undeclared one does not',
    ['default.secret.zz=env=HOME'],
    refused('secret "zz" must be declared before it can be overridden'),
  ),
  set(
    'nor under another id',
    ['default.secret.s=id=t,env=HOME'],
    refused('secret override id "t" does not match declared secret "s"'),
    'secret = ["id=s,src=x"]',
  ),
  set('ssh', ['default.ssh=default=a,b'], plain({ ssh: [{ id: 'default', paths: ['a', 'b'] }] })),
  set(
    '+= of a lossy list clears too',
    ['default.ulimits+=nofile=1'],
    { ...plain({}), warning: '--set default.ulimits+=nofile=1 always clears "ulimits"' },
    'ulimits = ["nofile=5"]',
  ),
]

const docker = { type: 'docker' }
const image = { push: 'true', type: 'image' }
const pushes: readonly Row[] = [
  {
    name: 'push of nothing adds an image',
    hcl: target(),
    flags: { push: true },
    want: { default: { output: [image] } },
  },
  {
    name: 'load of nothing adds docker',
    hcl: target(),
    flags: { load: true },
    want: { default: { output: [docker] } },
  },
  {
    name: 'push comes before load',
    hcl: target(),
    flags: { push: true, load: true },
    want: { default: { output: [image, docker] } },
  },
  {
    name: 'push leaves registry alone',
    hcl: target('output = ["type=registry"]'),
    flags: { push: true },
    want: { default: { output: [{ type: 'registry' }] } },
  },
  {
    name: 'load joins registry',
    hcl: target('output = ["type=registry"]'),
    flags: { load: true },
    want: { default: { output: [{ type: 'registry' }, docker] } },
  },
  {
    name: 'load joins a docker file',
    hcl: target('output = ["type=docker,dest=x.tar"]'),
    flags: { load: true },
    want: { default: { output: [{ dest: 'x.tar', type: 'docker' }, docker] } },
  },
  {
    name: 'load does nothing next to the cache',
    hcl: target('output = ["type=cacheonly"]'),
    flags: { load: true },
    want: { default: { output: [{ type: 'cacheonly' }] } },
  },
  {
    name: 'push does nothing next to local',
    hcl: target('output = ["type=docker", "type=local,dest=x"]'),
    flags: { push: true },
    want: { default: { output: [docker, { dest: 'x', type: 'local' }] } },
  },
  set(
    'push=false drops registries and marks images',
    ['default.push=false'],
    plain({ output: [docker, { push: 'false', type: 'image' }] }),
    'output = ["type=registry", "type=image", "type=docker"]',
  ),
  set('load=false changes nothing', ['default.load=false'], plain({})),
  {
    name: '--sbom and --provenance are attestations',
    hcl: target('attest = ["type=sbom,x=1"]'),
    flags: { sbom: 'true', provenance: 'false' },
    want: { default: { attest: [{ type: 'sbom' }, { disabled: true, type: 'provenance' }] } },
  },
  {
    name: '--provenance takes attributes',
    hcl: target(),
    flags: { provenance: 'mode=max' },
    want: { default: { attest: [{ mode: 'max', type: 'provenance' }] } },
  },
  {
    name: '--provenance=max is refused',
    hcl: target(),
    flags: { provenance: 'max' },
    error: 'invalid value for attest: invalid value max',
  },
  {
    name: '--no-cache=false prints',
    hcl: target('no-cache = true'),
    flags: { noCache: false, pull: true },
    want: { default: { pull: true, 'no-cache': false } },
  },
  {
    name: '--call=build changes nothing',
    hcl: target('call = "check"'),
    flags: { call: 'build' },
    want: { default: { call: 'check' } },
  },
  {
    name: 'flags come after --set',
    hcl: target(),
    set: ['default.pull=true'],
    flags: { pull: false },
    want: { default: { pull: false } },
  },
  {
    name: '--policy joins the policies',
    hcl: target('policy = ["filename=a"]'),
    flags: { policy: ['strict=true'] },
    want: {
      default: {
        policy: [
          {
            Files: [{ Filename: 'a', Data: null }],
            Reset: false,
            Disabled: false,
            Strict: null,
            LogLevel: null,
          },
          { Files: null, Reset: false, Disabled: false, Strict: true, LogLevel: null },
        ],
      },
    },
  },
  {
    name: '--policy disabled=true replaces them',
    hcl: target('policy = ["filename=a"]'),
    flags: { policy: ['disabled=true'] },
    want: {
      default: { policy: [{ Files: null, Reset: false, Disabled: true, Strict: null, LogLevel: null }] },
    },
  },
  {
    name: '--policy takes no file',
    hcl: target(),
    flags: { policy: ['filename=a'] },
    error: '--policy does not accept filename; define policy files in the bake definition',
  },
  {
    name: '--policy disabled=true stands alone',
    hcl: target(),
    flags: { policy: ['disabled=true', 'strict=true'] },
    error: 'disabled policy cannot be combined with other policy flags',
  },
  {
    name: 'a flag needs a target to act on',
    hcl: '\n',
    flags: { push: true },
    error: "could not find any target matching '*'",
  },
]

const test = rowSuite('planner/resolve/override', [...shapes, ...texts, ...lists, ...pushes])
test.run()
