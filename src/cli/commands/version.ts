import type { Host } from '../../host/host.ts'
import type { Command, Invocation } from '../command.ts'
import { EXIT } from '../exit.ts'
import { VERSION } from '../version.ts'

/** `bakekit version`: one line on stdout (spec cli 2). */
export const VERSION_COMMAND: Command = {
  name: 'version',
  aliases: [],
  usage: '',
  summary: 'Show the version',
  about: 'Prints the version of bakekit on one line.',
  flags: [],
  examples: [{ line: 'version', doc: 'prints bakekit v1.2.3' }],
  run: async ({ flags, host, invocation }) => {
    if (flags.positionals.length > 0) return refuseArguments(host, invocation)
    host.stdout.write(`bakekit v${VERSION}\n`)
    return EXIT.ok
  },
}

/** The layout of the reference for a wrong number of arguments (spec cli 1.2). */
function refuseArguments(host: Host, { program, plugin }: Invocation): number {
  const line = `${program} version`
  host.stderr.write(
    `ERROR: ${plugin ? 'docker' : program}: '${line}' requires 0 arguments\n\nUsage:  ${line}\n\nRun '${line} --help' for more information\n`,
  )
  return EXIT.failed
}
