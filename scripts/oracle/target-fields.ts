import type { ExpressionMaker } from './expression.ts'
import type { Random } from './random.ts'
import { TARGETS } from './texts.ts'
import { expression, type Item, list, object } from './tree.ts'

type FieldMaker = (make: ExpressionMaker) => Item

const quoted = (texts: readonly string[]): ((make: ExpressionMaker) => Item) => {
  return (make) => expression(JSON.stringify(pickText(make.random, texts)))
}

/** One of the texts; those that are refused begin with `!` and come rarely. */
function pickText(random: Random, texts: readonly string[]): string {
  const one = random.pick(texts)
  if (!one.startsWith('!')) return one
  return random.chance(0.15) ? one.slice(1) : random.pick(texts.filter((text) => !text.startsWith('!')))
}

/** A list of the given texts, now and then of expressions, null or a text alone. */
function listOf(texts: readonly string[]): FieldMaker {
  return (make) => {
    const { random } = make
    return random.weighted<Item>([
      [12, () => list(random.list(0, 4, () => textItem(make, texts)))],
      [1, () => expression('null')],
      [
        1,
        () =>
          expression(
            make.random.chance(0.8) ? `try([for v in ${make.list(2)} : "${'$'}{v}"], [])` : make.list(2),
          ),
      ],
      [0.05, () => expression(JSON.stringify(pickText(random, texts)))],
    ])
  }
}

function textItem(make: ExpressionMaker, texts: readonly string[]): Item {
  return make.random.chance(0.85)
    ? expression(JSON.stringify(pickText(make.random, texts)))
    : tried(make, make.text(2))
}

/** Mostly something that does not end the whole run when it fails. */
function tried(make: ExpressionMaker, text: string): Item {
  return expression(make.random.chance(0.85) ? `try("${'$'}{${text}}", "alt")` : text)
}

function textOf(texts: readonly string[]): FieldMaker {
  return (make) =>
    make.random.weighted<Item>([
      [8, () => textItem(make, texts)],
      [1, () => tried(make, make.text(2))],
      [0.7, () => expression('null')],
      [0.05, () => expression(make.any(1))],
    ])
}

function mapOf(keys: readonly string[], texts: readonly string[]): FieldMaker {
  return (make) => {
    const { random } = make
    return random.weighted<Item>([
      [10, () => object(random.some(keys, 0.4).map((key) => [key, mapValue(make, texts)]))],
      [0.7, () => expression('null')],
      [
        1,
        () =>
          expression(
            random.chance(0.8)
              ? `try({for k, v in ${make.object(2)} : k => "${'$'}{v}"}, {})`
              : make.object(2),
          ),
      ],
    ])
  }
}

function mapValue(make: ExpressionMaker, texts: readonly string[]): Item {
  return make.random.weighted<Item>([
    [8, () => textItem(make, texts)],
    [1, () => expression('null')],
    [1, () => tried(make, make.number(1))],
    [0.1, () => expression(make.any(1))],
  ])
}

/** Lists whose elements are texts or objects. */
function elements(
  texts: readonly string[],
  objects: readonly Readonly<Record<string, string>>[],
): FieldMaker {
  return (make) => {
    const { random } = make
    if (random.chance(0.015)) return expression(random.pick(['null', '{}', '"x"']))
    const item = (): Item => {
      if (random.chance(0.6) || objects.length === 0) return quoted(texts)(make)
      const entries = Object.entries(random.pick(objects))
      return object(entries.map(([key, value]) => [key, expression(value)]))
    }
    return list(random.list(0, 3, item))
  }
}

const bool: FieldMaker = (make) =>
  expression(
    make.random.chance(0.7)
      ? make.random.pick(['true', 'false', 'null', '"1"', '"true"'])
      : make.random.chance(0.9)
        ? `try(${make.bool(2)} ? true : false, true)`
        : '"no"',
  )

/** What a target may hold. Files that would have to exist are left out. */
export const FIELDS: readonly (readonly [name: string, weight: number, make: FieldMaker])[] = [
  ['tags', 6, listOf(['a', 'b', 'a:1', 'docker.io/u/a:latest', '', '<x>&', '$x'])],
  ['args', 7, mapOf(['A', 'B', 'c-d', 'x.y', 'E F'], ['1', 'x', '', '<a>', '%%{', 'é'])],
  ['labels', 3, mapOf(['org.x', 'b', 'z z'], ['1', 'x', '', 'a=b'])],
  [
    'context',
    4,
    textOf(['.', './x/../y', '/abs', '', 'https://github.com/a/b.git#main:sub', 'cwd://foo', 'dir/', '!-']),
  ],
  [
    'contexts',
    3,
    mapOf(
      ['x', 'y', 'alpine'],
      ['./p', '', 'target:base', 'target:b', 'target:a', 'docker-image://alpine', '!target:zz'],
    ),
  ],
  ['dockerfile', 3, textOf(['Dockerfile', './x/D', '', 'cwd://D', '!-'])],
  ['dockerfile-inline', 1, textOf(['FROM x\nRUN y', ''])],
  ['target', 2, textOf(['stage', ''])],
  ['description', 1, textOf(['words', '', '<d>'])],
  [
    'platforms',
    3,
    listOf(['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'windows/amd64', 'arm64', '!foo/bar/baz/q', '']),
  ],
  [
    'cache-from',
    3,
    elements(
      [
        'a',
        'u/a,u/b',
        'type=registry,ref=x',
        'type=local,src=p',
        'Type=gha,Scope=S',
        '!foo=bar',
        '',
        '!type=s3',
      ],
      [{ type: '"registry"', ref: '"r"' }, { type: '"local"', src: '"p"', n: '1' }, { ref: '"q"' }],
    ),
  ],
  [
    'cache-to',
    3,
    elements(
      ['type=inline', 'type=local,dest=d', 'a', 'mode=max,type=registry,ref=y', ''],
      [{ type: '"inline"' }, { type: '"gha"', mode: '"max"', b: 'true' }],
    ),
  ],
  [
    'output',
    4,
    elements(
      [
        'type=docker',
        'type=image,push=true,name=n',
        'type=local,dest=out',
        'out',
        '-',
        'type=tar',
        'type=oci,dest=o.tar',
        'type=registry',
        'type=cacheonly',
        'foo=bar',
        'dest=x,type=local',
        'type=image,"name=a,b"',
        '!push=true',
        'type=tar,dest=t.tar',
      ],
      [
        { type: '"docker"' },
        { type: '"local"', dest: '"o"' },
        { type: '"oci"', tar: 'false', dest: '"d"' },
        { push: 'true' },
        { type: '"cacheonly"' },
      ],
    ),
  ],
  [
    'secret',
    2,
    elements(
      [
        'id=a,env=SECRET_A',
        'id=b,type=env,env=SECRET_B',
        'type=env,id=SECRET_A',
        '!type=foo,id=x',
        '!foo=bar',
        '!id',
        'src=SECRET_A',
      ],
      [{ id: '"s"', env: '"SECRET_A"' }, { id: '"SECRET_A"', type: '"env"' }, { env: '"SECRET_B"' }],
    ),
  ],
  [
    'attest',
    2,
    elements(
      [
        'type=sbom',
        'type=provenance,mode=max',
        'type=provenance,disabled=true',
        'type=sbom,generator=x',
        '!foo=bar',
        '!type=sbom,disabled=x',
        '!sbom',
      ],
      [
        { type: '"sbom"' },
        { mode: '"max"' },
        { type: '"provenance"', disabled: 'true' },
        { type: '"provenance"', mode: '"min"', Reproducible: '"true"' },
      ],
    ),
  ],
  ['pull', 2, bool],
  ['no-cache', 2, bool],
  ['network', 2, textOf(['host', 'none', 'default', ''])],
  ['no-cache-filter', 2, listOf(['a', 'b', 'a', ''])],
  ['shm-size', 1, textOf(['128m', '1g', '0', '!zz', '12', '1.5k'])],
  ['ulimits', 2, listOf(['nofile=1024:2048', 'nproc=5', '!nofile=2:1', '!foo=1', 'core=0:-1', ''])],
  ['call', 1, textOf(['build', 'check', 'outline', 'targets', 'x'])],
  ['entitlements', 2, listOf(['network.host', 'security.insecure', 'device=x', 'foo', ''])],
  ['extra-hosts', 2, mapOf(['h', 'my.host'], ['1.2.3.4', 'host-gateway', ''])],
  [
    'annotations',
    2,
    listOf([
      'a=b',
      'index:c=d',
      'manifest[linux/amd64]:e=f',
      '!foo',
      '!xx:y=z',
      'index,manifest:k=v',
      'manifest-descriptor[linux/arm64]:q=',
      'a=c',
    ]),
  ],
  ['inherits', 5, (make) => names(make.random)],
  ['unknown-thing', 0.5, (make) => expression(make.any(1))],
]

function names(random: Random): Item {
  if (random.chance(0.03)) return expression('null')
  const known = random.chance(0.95) ? TARGETS.slice(1) : [...TARGETS, 'nowhere']
  return list(random.list(0, 3, () => expression(JSON.stringify(random.pick(known)))))
}
