import { nearest } from '../core/diag/suggest.ts'
import { isBuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import type { Command, Invocation } from './command.ts'
import { GLOBAL_FLAGS } from './commands/bake-flags.ts'
import { EXIT, exitOf } from './exit.ts'
import { type ParsedFlags, parseFlags } from './flags.ts'
import { renderCommandHelp, renderProgramHelp } from './help.ts'
import { METADATA_WORD, renderPluginMetadata, stripPluginArguments } from './plugin.ts'
import { COMMANDS } from './table.ts'

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
  const stripped = plugin ? stripPluginArguments(argv) : { args: argv, env: {} }
  const own = Object.keys(stripped.env).length === 0 ? host : withEnv(host, stripped.env)
  const invocation: Invocation = {
    program: plugin ? 'docker buildx' : 'bakekit',
    plugin,
    argv: [plugin ? original : 'bakekit', ...argv],
  }
  return runArguments(stripped.args, own, invocation)
}

async function runArguments(args: readonly string[], host: Host, invocation: Invocation): Promise<number> {
  const at = commandIndex(args)
  const word = at < 0 ? undefined : args[at]
  if (word === undefined || word === 'help') {
    return showHelp(at < 0 ? undefined : args[at + 1], host, invocation)
  }
  const command = COMMANDS.find((c) => c.name === word || c.aliases.includes(word))
  if (command === undefined) return unknownCommand(word, host, invocation)
  const rest = [...args.slice(0, at), ...args.slice(at + 1)]
  const parsed = parseFlags(rest, [...command.flags, ...GLOBAL_FLAGS])
  if (!parsed.ok) return badFlags(parsed.message, parsed.unknown, command, host, invocation)
  if (parsed.value.bools.get('help') === true) {
    host.stdout.write(renderCommandHelp(command, invocation.program))
    return EXIT.ok
  }
  warnDeprecated(command, parsed.value, host)
  return command.run({ flags: parsed.value, host, invocation })
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
  const command = COMMANDS.find((c) => c.name === word)
  host.stdout.write(
    command === undefined
      ? renderProgramHelp(COMMANDS, invocation.program)
      : renderCommandHelp(command, invocation.program),
  )
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
  message: string,
  unknown: string | undefined,
  command: Command,
  host: Host,
  invocation: Invocation,
): number {
  const rows = [...command.flags, ...GLOBAL_FLAGS].filter((row) => row.hidden !== true)
  const near =
    unknown === undefined || unknown.length < 2
      ? undefined
      : nearest(
          unknown,
          rows.map((row) => row.long),
        )
  if (near !== undefined) host.stderr.write(`hint: did you mean --${near}?\n`)
  const line = `${invocation.program} ${command.name}`
  if (invocation.plugin) {
    host.stderr.write(
      `${message}\n\nUsage:  ${line} ${command.usage}\n\nRun '${line} --help' for more information\n`,
    )
    return EXIT.pluginUsage
  }
  host.stderr.write(`ERROR: ${message}\n`)
  return EXIT.failed
}

function warnDeprecated(command: Command, flags: ParsedFlags, host: Host): void {
  for (const row of command.flags) {
    if (row.deprecated !== undefined && flags.given.includes(row.long)) {
      host.stderr.write(`Flag --${row.long} has been deprecated, ${row.deprecated}\n`)
    }
  }
}

/** Whatever reached the top: a failure of the world in one line with hints, or a defect of ours. */
function reportThrown(error: unknown, host: Host): number {
  if (isBuildFailure(error)) {
    for (const hint of error.hints) host.stderr.write(`hint: ${hint}\n`)
    host.stderr.write(`ERROR: ${error.message}\n`)
    return exitOf(error)
  }
  if (host.signal.aborted) {
    host.stderr.write('ERROR: context canceled\n')
    return EXIT.interrupted
  }
  const text =
    error instanceof Error
      ? host.env['DEBUG']
        ? (error.stack ?? error.message)
        : error.message
      : String(error)
  host.stderr.write(
    `ERROR: internal error: ${text}\nThis is a defect in bakekit. Please report it with the command line and the definition; DEBUG=1 shows where it happened.\n`,
  )
  return EXIT.bug
}

function withEnv(host: Host, more: Readonly<Record<string, string>>): Host {
  const env = { ...host.env, ...more }
  return Object.create(host, { env: { value: env, enumerable: true } }) as Host
}
