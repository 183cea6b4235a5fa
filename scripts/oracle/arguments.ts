import type { Random } from './random.ts'
import { TARGETS } from './texts.ts'

/**
 * Targets, overrides and flags of one command line. Of `output`, `push` and `load` at most one is set:
 * the reference applies them in a random order (spec bake 7.2).
 */
export function commandArguments(random: Random, targets: readonly string[]): string[] {
  const args: string[] = []
  const deciding = random.chance(0.2)
    ? random.pick(['output', 'push', 'load', '--push', '--load'])
    : undefined
  if (random.chance(0.3))
    for (const text of random.list(1, 3, () => override(random, targets, deciding))) args.push('--set', text)
  if (deciding === '--push' || deciding === '--load') args.push(deciding)
  if (random.chance(0.05))
    args.push(random.pick(['--no-cache', '--no-cache=false', '--pull', '--pull=false']))
  if (random.chance(0.05))
    args.push(
      random.pick([
        '--sbom=true',
        '--sbom=false',
        '--provenance=mode=max',
        '--provenance=false',
        '--provenance=max',
        '--sbom=generator=x',
      ]),
    )
  if (random.chance(0.04))
    args.push(random.pick(['--call=outline', '--check', '--call=build', '--call=targets,format=json']))
  const names = [
    ...targets,
    ...targets,
    'default',
    'g',
    'all',
    '*',
    'a*',
    '[ab]',
    'app-1',
    'app.1',
    'nowhere',
    '[',
  ]
  if (random.chance(0.5)) args.push(...random.list(1, 2, () => random.pick(names)))
  else if (!targets.includes('default') && random.chance(0.8)) args.push(random.pick(targets))
  return args
}

function override(random: Random, targets: readonly string[], deciding: string | undefined): string {
  const pattern = random.pick([...targets, ...targets, '*', 'a*', random.pick(TARGETS)])
  const outputs = [
    'output=type=docker',
    'output+=type=local,dest=o',
    'output=',
    'output=-',
    'output=type=image,push=true',
  ]
  const decided: Readonly<Record<string, readonly string[]>> = {
    output: outputs,
    push: ['push=true', 'push=false', 'push=x'],
    load: ['load=true', 'load=false'],
  }
  const more = deciding === undefined ? [] : (decided[deciding] ?? [])
  return `${pattern}.${random.pick([...KEYS, ...more, ...more, ...more])}`
}

const KEYS: readonly string[] = [
  'tags=x',
  'tags+=y',
  'tags=',
  'tags=[a,b]',
  'args.A=1',
  'args.a.b=c=d',
  'args.FROM_ENV',
  'args.UNSET',
  'args.A+=2',
  'args',
  'args=1',
  'labels.l=v',
  'labels=x',
  'context=./z/../w',
  'context=',
  'contexts.x=./q',
  'contexts.x=',
  'contexts.y=target:b',
  'contexts=1',
  'dockerfile=D2',
  'dockerfile=',
  'target=st',
  'platform=linux/arm64',
  'platform+=linux/amd64',
  'platform=',
  'platforms=x',
  'cache-from=type=local,src=q',
  'cache-from+=u/z',
  'cache-from=',
  'cache-to=type=inline',
  'cache-to+=type=inline',
  'attest=type=sbom',
  'attest+=type=provenance,mode=min',
  'annotations=k=v',
  'annotations+=index:k=w',
  'secrets=id=z,env=SECRET_A',
  'secrets+=id=y,env=SECRET_B',
  'no-cache=true',
  'no-cache=x',
  'pull=0',
  'pull=T',
  'network=host',
  'no-cache-filter=a',
  'no-cache-filter+=b',
  'shm-size=1m',
  'ulimits=nofile=3',
  'call=outline',
  'entitlements=network.host',
  'entitlements+=x',
  'extra-hosts.h=9.9.9.9',
  'foo=1',
  'description=x',
  'inherits=a',
  'x',
]
