import { VERSION } from './version.ts'

/** The word with which Docker asks a plugin for its metadata (spec cli 10). */
export const METADATA_WORD = 'docker-cli-plugin-metadata'

/** Words with which shells ask for candidates; the second wants them without descriptions. */
export const COMPLETE_WORDS: readonly string[] = ['__complete', '__completeNoDesc']

/** What Docker shows in `docker --help` and `docker info`; keys and indentation are Docker's protocol. */
export function renderPluginMetadata(): string {
  const metadata = {
    SchemaVersion: '0.1.0',
    Vendor: 'bakekit',
    Version: `v${VERSION}`,
    ShortDescription: 'Build with Bake definitions',
  }
  return `${JSON.stringify(metadata, null, 5)}\n`
}

/** Global flags of the docker command that may stand before the plugin's name; true = takes a value. */
const DOCKER_FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['--config', true],
  ['-c', true],
  ['--context', true],
  ['-H', true],
  ['--host', true],
  ['-l', true],
  ['--log-level', true],
  ['-D', false],
  ['--debug', false],
  ['--tls', false],
  ['--tlsverify', false],
  ['--tlscacert', true],
  ['--tlscert', true],
  ['--tlskey', true],
])

/** What `docker NAME …` may call us: the plugin is installed under one of them. */
const NAMES: readonly string[] = ['buildx', 'bakekit']

/** Environment settings that docker's own flags stand for. */
const AS_ENV: Readonly<Record<string, string>> = {
  '--config': 'DOCKER_CONFIG',
  '-c': 'DOCKER_CONTEXT',
  '--context': 'DOCKER_CONTEXT',
  '-H': 'DOCKER_HOST',
  '--host': 'DOCKER_HOST',
}

/** The plugin's own arguments, and the environment that docker's flags before its name stand for. */
export interface PluginArguments {
  readonly args: readonly string[]
  /** The name docker knows us by; absent when it is missing, which docker itself never does. */
  readonly name?: string
  readonly env: Readonly<Record<string, string>>
}

/** Skips docker's global flags and the plugin's name in front of the command (spec cli 10). */
export function stripPluginArguments(args: readonly string[]): PluginArguments {
  const env: Record<string, string> = {}
  let at = 0
  while (at < args.length) {
    const arg = args[at] as string
    const equals = arg.indexOf('=')
    const name = equals > 0 ? arg.slice(0, equals) : arg
    const takesValue = DOCKER_FLAGS.get(name)
    if (takesValue === undefined) break
    const inline = equals > 0
    const value = inline ? arg.slice(equals + 1) : args[at + 1]
    const variable = AS_ENV[name]
    if (takesValue && variable !== undefined && value !== undefined) env[variable] = value
    at += takesValue && !inline ? 2 : 1
  }
  const name = args[at]
  if (name === undefined || !NAMES.includes(name)) return { args: args.slice(at), env }
  return { args: args.slice(at + 1), name, env }
}
