import type { Command } from '../command.ts'
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
  run: async ({ flags, host }) => {
    if (flags.positionals.length > 0) {
      host.stderr.write("ERROR: bakekit: 'bakekit version' accepts no arguments\n")
      return 1
    }
    host.stdout.write(`bakekit v${VERSION}\n`)
    return 0
  },
}
