import { commandArguments } from './arguments.ts'
import type { OracleCase } from './case.ts'
import { serviceYaml } from './compose-service.ts'
import { definition } from './definition.ts'
import type { Random } from './random.ts'
import { toHcl } from './tree.ts'

/** Compose files of several services, with what they share, and sometimes an HCL file on top. */
export function composeCase(random: Random): Omit<OracleCase, 'label'> {
  const names = random.list(1, 3, () => random.pick(['web', 'db', 'api', 'o.t', 'a-b', 'base']))
  const files: Record<string, string> = { 'compose.yaml': composeFile(random, [...new Set(names)], true) }
  if (random.chance(0.3)) {
    const shared = random.list(1, 2, () => random.pick([...names, 'extra']))
    files['over.yml'] = composeFile(random, [...new Set(shared)], false)
  }
  if (random.chance(0.12)) files['docker-bake.hcl'] = toHcl(definition(random).tree)
  const env = Object.fromEntries(
    random
      .some(['V', 'W', 'EMPTY', 'X_1', 'COMPOSE_PROJECT_NAME'], 0.3)
      .map((name) => [name, name === 'EMPTY' ? '' : random.pick(['val', '2', 'a b', '$x', 'é'])]),
  )
  return {
    files,
    sideFiles: sideFiles(random),
    args: random.chance(0.25)
      ? commandArguments(
          random,
          names.map((name) => name.replaceAll('.', '_')),
        )
      : [],
    env,
  }
}

function composeFile(random: Random, names: readonly string[], main: boolean): string {
  const head: string[] = []
  if (random.chance(0.1)) head.push(random.pick(['version: "3.8"', 'name: proj', '# comment', '---']))
  const anchors = main && random.chance(0.3)
  if (anchors)
    head.push(
      'x-common: &common',
      '  args: &args',
      '    SHARED: "1"',
      '    V: ${V:-dflt}',
      '  dockerfile: Common',
      'x-list: &list [x, "y"]',
    )
  const services = names.flatMap((name) => serviceYaml(random, name, names, anchors))
  const tail: string[] = []
  if (random.chance(main ? 0.95 : 0.2))
    tail.push('secrets:', '  s1:', '    file: ./sec.txt', '  s2:', '    environment: SECRET_A')
  if (random.chance(0.1)) tail.push('networks:', '  n: {}')
  if (random.chance(0.1)) tail.push('volumes:', '  data:', '    driver: local')
  if (random.chance(0.03)) tail.push('unknown: 1')
  const text = [...head, 'services:', ...services, ...tail].map((line) => `${line}\n`).join('')
  return random.chance(0.04) ? text.replaceAll('\n', '\r\n') : text
}

/** Files that `env_file`, `extends`, `include` and secrets name. */
function sideFiles(random: Random): Record<string, string> {
  const side: Record<string, string> = {
    'sec.txt': 'secret',
    'vars.env': `FROM_FILE=one\nQUOTED="two words"\nSINGLE='$V'\n# note\nexport EXPORTED=3\nV=from-file\nREF=\${V}x\n`,
    'base.yaml':
      'services:\n  parent:\n    build:\n      context: ./parent\n      args: { P: "1", V: p }\n      tags: [parent]\n    environment: { ENVP: ep }\n',
  }
  if (random.chance(0.25))
    side['.env'] = random.pick([
      'V=dot\nW="dot w"\n',
      'X_1=1 # c\nEMPTY=\n',
      "V='$W'\nW=w\n",
      'export V=1\nW=${V}2\n',
      'V: yaml\n',
    ])
  return side
}
