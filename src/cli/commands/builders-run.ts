import { openBuilder } from '../../builder/open-builder.ts'
import { refuseArguments } from '../arguments.ts'
import type { CommandInput } from '../command.ts'
import { EXIT } from '../exit.ts'

export { runCreate } from './builders-create.ts'
export { runDialStdio } from './builders-dial.ts'
export { runInspect } from './builders-inspect.ts'
export { runLs } from './builders-ls.ts'
export { runRm } from './builders-rm.ts'
export { runUse } from './builders-use.ts'

/** `bakekit stop`: silent (spec cli 3.3). Throws `BuildFailure`. */
export async function runStop(input: CommandInput): Promise<number> {
  const { flags, host } = input
  if (flags.positionals.length > 1) {
    return refuseArguments(input, { name: 'stop', usage: '[NAME]' }, 'requires at most 1 argument')
  }
  const builder = await openBuilder(flags.positionals[0] ?? flags.strings.get('builder'), host)
  await Promise.all(builder.nodes.map((node) => node.driver.stop('graceful', host.signal)))
  return EXIT.ok
}
