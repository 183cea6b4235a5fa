import type { Command } from './command.ts'
import { BAKE } from './commands/bake.ts'
import { BUILDER_COMMANDS } from './commands/builders.ts'
import { VERSION_COMMAND } from './commands/version.ts'

/** Every command, in the order help shows them. */
export const COMMANDS: readonly Command[] = [BAKE, ...BUILDER_COMMANDS, VERSION_COMMAND]
