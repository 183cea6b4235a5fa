import { refuseArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
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
  run: async (input) => {
    const { flags, host } = input
    if (flags.positionals.length > 0) return refuseArguments(input, VERSION_COMMAND, 'requires 0 arguments')
    host.stdout.write(`bakekit v${VERSION}\n`)
    return EXIT.ok
  },
}
