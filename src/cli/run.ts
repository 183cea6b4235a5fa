import { nearest } from '../core/diag/suggest.ts'
import type { Host } from '../host/host.ts'
import type { Command, Invocation } from './command.ts'
import { complete } from './complete.ts'
import { EXIT } from './exit.ts'
import { type FlagResult, type ParsedFlags, parseFlags } from './flags.ts'
import { GLOBAL_FLAGS } from './global-flags.ts'
import { renderCommandHelp, renderProgramHelp } from './help.ts'
import { COMPLETE_WORDS, METADATA_WORD, renderPluginMetadata, stripPluginArguments } from './plugin.ts'
import { cancelledByDocker } from './plugin-socket.ts'
import { COMMANDS } from './table.ts'
import { reportThrown } from './thrown.ts'

/** Runs one command line to its end and resolves to the exit status; never rejects. */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<number> {
  try {
    return await dispatch(argv, host)
  } catch (error) {
    return reportThrown(error, host)
  }
}

async function dispatch(argv: readonly string[], host: Host): Promise<number> {
  const original = host.env['DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND'] ?? ''
  const plugin = original !== '' || argv[0] === METADATA_WORD
  if (argv[0] === METADATA_WORD) {
    host.stdout.write(renderPluginMetadata())
    return EXIT.ok
  }
  const asked = argv[0]
  if (asked !== undefined && COMPLETE_WORDS.includes(asked)) {
    return completeWords(plugin ? stripPluginArguments(argv.slice(1)).args : argv.slice(1), asked, host)
  }
  if (!plugin) return runArguments(argv, host, { program: 'bakekit', plugin, argv: ['bakekit', ...argv] })
  const { args, name, env } = stripPluginArguments(argv)
  if (name === undefined) return notCalledByDocker(args, host)
  const own = cancelledByDocker(Object.keys(env).length === 0 ? host : withEnv(host, env))
  return runArguments(args, own, { program: `docker ${name}`, plugin, argv: [original, ...argv] })
}

async function completeWords(words: readonly string[], asked: string, host: Host): Promise<number> {
  const quiet = asked === '__completeNoDesc' || host.env['DOCKER_CLI_DISABLE_COMPLETION_DESCRIPTION'] === '1'
  await complete(words, COMMANDS, host, !quiet)
  return EXIT.ok
}

/** Somebody set docker's variable but left out the plugin's name: docker's own answer. */
function notCalledByDocker(args: readonly string[], host: Host): number {
  const flag = args.find((arg) => arg.startsWith('-'))
  const what = flag === undefined ? 'missing plugin name' : `unknown flag: ${flag.split('=')[0]}`
  host.stderr.write(
    `${what}\n\nUsage:  docker [OPTIONS] buildx [ARG...]\n\nRun 'docker --help' for more information\n`,
  )
  return EXIT.pluginUsage
}

async function runArguments(args: readonly string[], host: Host, invocation: Invocation): Promise<number> {
  const at = commandIndex(args)
  const word = at < 0 ? undefined : args[at]
  if (word === undefined) {
    const parsed = parseFlags(args, GLOBAL_FLAGS)
    if (!parsed.ok) return badFlags(parsed, undefined, host, invocation)
    return showHelp(undefined, host, invocation)
  }
  if (word === 'help') return showHelp(args[at + 1], host, invocation)
  const command = findCommand(word)
  if (command === undefined) return unknownCommand(word, host, invocation)
  const rest = [...args.slice(0, at), ...args.slice(at + 1)]
  const parsed = parseFlags(rest, [...command.flags, ...GLOBAL_FLAGS])
  if (!parsed.ok) return badFlags(parsed, command, host, invocation)
  if (parsed.value.bools.get('help') === true) {
    host.stdout.write(renderCommandHelp(command, invocation.program))
    return EXIT.ok
  }
  warnDeprecated(command, parsed.value, host)
  return command.run({ flags: parsed.value, host, invocation })
}

function findCommand(word: string | undefined): Command | undefined {
  return COMMANDS.find((c) => c.name === word || (word !== undefined && c.aliases.includes(word)))
}

/** Where the command's name stands: behind global flags, which may come first. */
function commandIndex(args: readonly string[]): number {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (!arg.startsWith('-')) return i
    const row = GLOBAL_FLAGS.find(
      (r) => arg === `--${r.long}` || (r.short !== undefined && arg === `-${r.short}`),
    )
    if (row !== undefined && row.kind === 'string') i++
  }
  return -1
}

function showHelp(word: string | undefined, host: Host, invocation: Invocation): number {
  const command = findCommand(word)
  if (command !== undefined) host.stdout.write(renderCommandHelp(command, invocation.program))
  else if (word === undefined || word.startsWith('-') || word === 'help') {
    host.stdout.write(renderProgramHelp(COMMANDS, invocation.program))
  } else {
    host.stderr.write(`Unknown help topic [\`${word}\`]\n${renderProgramHelp(COMMANDS, invocation.program)}`)
  }
  return EXIT.ok
}

function unknownCommand(word: string, host: Host, invocation: Invocation): number {
  host.stdout.write(renderProgramHelp(COMMANDS, invocation.program))
  const near = nearest(
    word,
    COMMANDS.flatMap((c) => [c.name, ...c.aliases]),
  )
  if (near !== undefined) host.stderr.write(`hint: did you mean "${near}"?\n`)
  host.stderr.write(`ERROR: unknown command: "${word}"\n`)
  return EXIT.failed
}

function badFlags(
  problem: Extract<FlagResult, { readonly ok: false }>,
  command: Command | undefined,
  host: Host,
  invocation: Invocation,
): number {
  const near = nearFlag(problem.unknown, command)
  if (near !== undefined) host.stderr.write(`hint: did you mean --${near}?\n`)
  const line = command === undefined ? invocation.program : `${invocation.program} ${command.name}`
  if (invocation.plugin) {
    const usage = `${line} ${command?.usage ?? ''}`.trimEnd()
    host.stderr.write(`${problem.message}\n\nUsage:  ${usage}\n\nRun '${line} --help' for more information\n`)
    return EXIT.pluginUsage
  }
  host.stderr.write(`ERROR: ${problem.message}\n`)
  return EXIT.failed
}

function nearFlag(unknown: string | undefined, command: Command | undefined): string | undefined {
  if (unknown === undefined || unknown.length < 2) return undefined
  const rows = [...(command?.flags ?? []), ...GLOBAL_FLAGS].filter((row) => row.hidden !== true)
  return nearest(
    unknown,
    rows.map((row) => row.long),
  )
}

function warnDeprecated(command: Command, flags: ParsedFlags, host: Host): void {
  for (const row of command.flags) {
    if (row.deprecated !== undefined && flags.given.includes(row.long)) {
      host.stderr.write(`Flag --${row.long} has been deprecated, ${row.deprecated}\n`)
    }
  }
}

function withEnv(host: Host, more: Readonly<Record<string, string>>): Host {
  const env = { ...host.env, ...more }
  return Object.create(host, { env: { value: env, enumerable: true } }) as Host
}
