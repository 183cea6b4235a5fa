import type { Random } from './random.ts'

type Lines = string[]

/**
 * Scalars as they stand in YAML: types, quotes, interpolation. Dates and infinities are left out: the YAML library
 * of the later Compose reader, which this program follows, takes other ones than the one in 0.29.1.
 */
const SCALARS: readonly string[] = [
  'x',
  '"x y"',
  "'it''s'",
  '1',
  '1.50',
  '-2',
  '1e3',
  '0x1F',
  '0o17',
  '017',
  'true',
  'no',
  'yes',
  'null',
  '~',
  '""',
  "''",
  '$V',
  '${V}',
  '${V:-d}',
  '${V-d}',
  '${EMPTY:-e}',
  '${EMPTY-e}',
  '${V:+set}',
  '${V+set}',
  '$$V',
  '"${W:-a b}"',
  '${V:?need V}',
  'a${X_1}b',
  '${V:-${W:-n}}',
  '12345678901234567890',
  '.5',
  '1_000',
  '"\\u00e9"',
  'é',
  '"a\\nb"',
  'a#b',
  '"a: b"',
  '1:30',
  'on',
  '=',
  '<<',
  '0.10',
  '1.0',
  '+1',
  '!!str 1',
]

/** One service with its indentation. */
export function serviceYaml(random: Random, name: string, names: readonly string[], anchors: boolean): Lines {
  const later = names.slice(names.indexOf(name) + 1)
  const lines: Lines = [`  ${name}:`]
  if (random.chance(0.4))
    lines.push(`    image: ${random.pick(['img', 'u/img:1', '"${V:-i}:t"', 'img@sha256:abc'])}`)
  if (random.chance(0.9)) lines.push(...build(random, names, anchors).map((line) => `    ${line}`))
  if (random.chance(0.2))
    lines.push(...mapOrList(random, 'environment', ['E', 'V', 'FROM_FILE', 'W']).map((line) => `    ${line}`))
  if (random.chance(0.12))
    lines.push(
      `    env_file: ${random.chance(0.04) ? 'none.env' : random.pick(['vars.env', '[vars.env]', '[{path: vars.env}]', '[{path: none.env, required: false}]', '[./vars.env, vars.env]'])}`,
    )
  if (random.chance(0.1))
    lines.push(
      `    extends: ${random.pick(['{file: base.yaml, service: parent}', ...extended(random, later)])}`,
    )
  if (random.chance(0.15))
    lines.push(
      `    ${random.pick(['ports: ["80:80"]', 'depends_on: [zz]', 'profiles: [p]', 'command: ["a", "b"]', 'restart: always', 'deploy: {replicas: 2}', 'x-own: {a: 1}', 'volumes: ["./a:/b"]', 'privileged: true', 'foo: 1', 'networks: [n]', 'labels: {a: b}', 'healthcheck: {disable: true}', 'ulimits: {nofile: 3}', 'expose: ["3000"]', 'container_name: c'])}`,
    )
  if (!lines.some((line) => /^ {4}(image|build|extends)/.test(line))) lines.push('    image: plain')
  return lines.length === 1 ? [`  ${name}: {}`] : lines
}

/** Services without a circle, and rarely anything. */
function extended(random: Random, later: readonly string[]): readonly string[] {
  if (random.chance(0.05)) return ['nowhere', '{service: web}']
  return later.flatMap((name) => [name, `{service: ${name}}`])
}

function build(random: Random, names: readonly string[], anchors: boolean): Lines {
  if (random.chance(0.12))
    return [`build: ${random.pick(['.', './dir', '"${V:-x}"', 'https://github.com/a/b.git', '""'])}`]
  const rows: readonly (readonly [weight: number, make: () => Lines])[] = [
    [
      0.7,
      () => [
        `context: ${random.pick(['.', './app', 'dir/../x', '/abs', 'https://github.com/a/b.git#x', '"${V:-c}"', '""'])}`,
      ],
    ],
    [0.3, () => [`dockerfile: ${random.pick(['D', './x/D', 'Dockerfile', '""', '${V}'])}`]],
    [0.04, () => ['dockerfile_inline: |', '  FROM x', `  RUN ${random.pick(['echo', '$$HOME', '${V:-v}'])}`]],
    [0.2, () => [`target: ${random.pick(['st', '""', '"${V:-st}"'])}`]],
    [0.6, () => mapOrList(random, 'args', ['A', 'B', 'V', 'c-d', 'FROM_FILE'])],
    [0.3, () => mapOrList(random, 'labels', ['l', 'org.x', 'm'])],
    [0.35, () => sequence(random, 'tags', ['a', 'b', 'u/a:1', '"${V:-t}"', 'a'])],
    [
      0.25,
      () => sequence(random, 'platforms', ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/s390x']),
    ],
    [
      0.2,
      () =>
        sequence(random, 'cache_from', [
          'a',
          'type=local,src=p',
          'type=registry,ref=r',
          '"u/a,u/b"',
          'type=gha,scope=s',
        ]),
    ],
    [0.15, () => sequence(random, 'cache_to', ['type=inline', 'type=local,dest=d', 'a'])],
    [0.2, () => additionalContexts(random, names)],
    [0.15, () => mapOrList(random, 'extra_hosts', ['h1', 'h2'], ['1.2.3.4', '::1', 'host-gateway'])],
    [
      0.15,
      () => [
        `shm_size: ${random.pick(['128m', '1500m', '1gb', '1024', '"2g"', '0', 'zz', '64k', '1.5g', '${V}'])}`,
      ],
    ],
    [
      0.12,
      () =>
        [
          'ulimits:',
          ...random.some(
            ['  nofile: {soft: 1024, hard: 2048}', '  nproc: 5', '  core: {soft: 0, hard: 0}', '  nice: 3'],
            0.5,
          ),
        ].concat(random.chance(0.02) ? ['  foo: "1"'] : []),
    ],
    [0.12, () => sequence(random, 'secrets', ['s1', 's2', '{source: s2, target: /x}'])],
    [0.01, () => [`ssh: ${random.pick(['[k=./sec.txt]', '{k: ./sec.txt}', '["k=./none"]'])}`]],
    [0.12, () => [`no_cache: ${random.pick(['true', 'false', '"true"', '${V:-true}', 'yes'])}`]],
    [0.12, () => [`pull: ${random.pick(['true', 'false', '"1"', 'on'])}`]],
    [0.12, () => [`network: ${random.pick(['host', 'none', 'n', '""'])}`]],
    [0.05, () => [`privileged: ${random.pick(['true', 'false'])}`]],
    [0.05, () => [`isolation: ${random.pick(['default', 'x'])}`]],
    [0.08, () => [`provenance: ${random.pick(['true', 'false', 'mode=max', '"mode=min"'])}`]],
    [0.08, () => [`sbom: ${random.pick(['true', 'false', 'generator=x', '"true"'])}`]],
    [0.06, () => [`entitlements: [${random.pick(['network.host', 'security.insecure', 'x'])}]`]],
    [0.03, () => ['x-other: {a: [1]}']],
    [0.02, () => [`${random.pick(['foo: 1', 'Args: {}', 'cache: x'])}`]],
    [0.3, () => xBake(random, names)],
  ]
  const blocks = rows.filter(([weight]) => random.chance(weight)).map(([, make]) => make())
  if (anchors && random.chance(0.6))
    blocks.unshift([random.pick(['<<: *common', '<<: [*common]', 'tags: *list'])])
  const keys = blocks.map(([first]) => first?.split(':')[0])
  const unique = blocks.filter((_, at) => random.chance(0.01) || keys.indexOf(keys[at]) === at).flat()
  if (unique.length === 0) return ['build: {}']
  const tag = random.chance(0.02) ? random.pick([' !override', ' !reset', ' !!map']) : ''
  return [`build:${tag}`, ...unique.map((line) => `  ${line}`)]
}

function mapOrList(
  random: Random,
  key: string,
  names: readonly string[],
  values: readonly string[] = SCALARS,
): Lines {
  const chosen = random.some(names, 0.6)
  const value = (): string => random.pick(values)
  const tag = random.chance(0.03) ? random.pick([' !override', ' !reset']) : ''
  if (chosen.length === 0) return [`${key}: ${random.pick(['{}', '[]'])}`]
  return random.weighted<Lines>([
    [4, () => [`${key}:${tag}`, ...chosen.map((name) => `  ${name}: ${value()}`)]],
    [3, () => [`${key}:${tag}`, ...chosen.map((name) => `  - ${listItem(random, name, value())}`)]],
    [1, () => [`${key}: {${chosen.map((name) => `${name}: ${JSON.stringify(value())}`).join(', ')}}`]],
    [0.5, () => [`${key}: [${chosen.map((name) => JSON.stringify(`${name}=1`)).join(', ')}]`]],
    [0.03, () => [`${key}: ${value()}`]],
    [0.2, () => [`${key}: {}`]],
    [0.3, () => (key === 'args' ? [`${key}:`, '  A:', '  V:', '  SECRET_A:'] : [`${key}: []`])],
  ])
}

function listItem(random: Random, name: string, value: string): string {
  const bare = value.replace(/^["']|["']$/g, '')
  return random.weighted([
    [5, () => JSON.stringify(`${name}=${bare}`)],
    [2, () => `${name}=plain`],
    [1, () => name],
    [0.03, () => `${name}: ${value}`],
  ])
}

function sequence(random: Random, key: string, items: readonly string[]): Lines {
  const chosen = random.list(0, 3, () => random.pick(items))
  const tag = random.chance(0.03) ? random.pick([' !override', ' !reset']) : ''
  if (chosen.length === 0) return [`${key}: []`]
  return random.weighted<Lines>([
    [3, () => [`${key}:${tag}`, ...chosen.map((item) => `  - ${item}`)]],
    [
      3,
      () => [
        `${key}:${tag} [${chosen.map((item) => (item.startsWith('{') ? item : JSON.stringify(item.replace(/^"|"$/g, '')))).join(', ')}]`,
      ],
    ],
    [0.03, () => [`${key}: ${random.pick(items)}`]],
    [0.03, () => [`${key}: [1, true, null]`]],
  ])
}

function additionalContexts(random: Random, names: readonly string[]): Lines {
  const value = (): string =>
    random.pick([
      './p',
      'docker-image://x',
      `service:${random.pick(names)}`,
      `target:${random.pick(names)}`,
      'https://x/y.git',
      '""',
      '../up',
    ])
  const chosen = random.some(['c1', 'c2'], 0.7)
  if (random.chance(0.5)) return ['additional_contexts:', ...chosen.map((name) => `  ${name}: ${value()}`)]
  return ['additional_contexts:', ...chosen.map((name) => `  - ${name}=${value().replaceAll('"', '')}`)]
}

function xBake(random: Random, names: readonly string[]): Lines {
  const rows: readonly (readonly [weight: number, make: () => Lines])[] = [
    [0.4, () => sequence(random, 'tags', ['xa', 'xb', 'a', '"${V:-t}"'])],
    [0.3, () => sequence(random, 'platforms', ['linux/arm64', 'linux/386'])],
    [0.2, () => sequence(random, 'cache-from', ['xc', 'type=local,src=q'])],
    [0.2, () => sequence(random, 'cache-to', ['type=inline', 'type=local,dest=e'])],
    [
      0.2,
      () => [
        `output: ${random.pick(['type=docker', '["type=local,dest=o"]', 'type=tar a', '[]', '[{type: local, dest: x}]'])}`,
      ],
    ],
    [0.2, () => [`secret: ${random.pick(['["id=z,env=SECRET_A"]', 'id=z,env=SECRET_B', '[id=a,env=B]'])}`]],
    [0.15, () => [`pull: ${random.pick(['true', 'false'])}`]],
    [0.15, () => [`no-cache: ${random.pick(['true', 'false'])}`]],
    [0.15, () => sequence(random, 'no-cache-filter', ['st', 'su'])],
    [
      0.15,
      () => [
        'contexts:',
        `  c1: ${random.pick(['./q', `service:${random.pick(names)}`, 'docker-image://y'])}`,
        '  c9: ./r',
      ],
    ],
    [0.05, () => ['unknown: 1']],
    [0.05, () => ['attest: [type=sbom]']],
    [0.05, () => ['args: {x: 1}']],
  ]
  const body = rows.filter(([weight]) => random.chance(weight)).flatMap(([, make]) => make())
  return body.length === 0 ? ['x-bake: {}'] : ['x-bake:', ...body.map((line) => `  ${line}`)]
}
