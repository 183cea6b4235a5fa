import type { CommandInput } from './command.ts'
import type { FlagRow } from './flags.ts'

/** Flags every command takes, before or after its name (spec cli 1). */
export const GLOBAL_FLAGS: readonly FlagRow[] = [
  { long: 'builder', kind: 'string', value: 'NAME', doc: 'Builder to use', default: '$BUILDX_BUILDER' },
  { long: 'debug', short: 'D', kind: 'bool', doc: 'Show warnings of builds in full', default: '$DEBUG' },
  { long: 'help', short: 'h', kind: 'bool', doc: 'Show this help' },
]

/** Whether more is to be shown: `--debug`, or a DEBUG that is not empty. */
export function wantsDebug({ flags, host }: Pick<CommandInput, 'flags' | 'host'>): boolean {
  return flags.bools.get('debug') ?? (host.env['DEBUG'] ?? '') !== ''
}
