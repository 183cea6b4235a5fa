import type { Host } from '../host/host.ts'
import type { FlagRow, ParsedFlags } from './flags.ts'

/** How this process was called. */
export interface Invocation {
  /** `bakekit`, or `docker buildx` as a plugin; starts every usage line. */
  readonly program: string
  readonly plugin: boolean
  /** The whole command line as typed, for the entitlement message. */
  readonly argv: readonly string[]
}

/** What a command gets. */
export interface CommandInput {
  readonly flags: ParsedFlags
  readonly host: Host
  readonly invocation: Invocation
}

/** One command: usage, help, flags and what it does. */
export interface Command {
  readonly name: string
  readonly aliases: readonly string[]
  /** Behind the program and command name, e.g. `[OPTIONS] [TARGET...]`. */
  readonly usage: string
  readonly summary: string
  /** A few sentences for the help text. */
  readonly about: string
  readonly flags: readonly FlagRow[]
  readonly examples: readonly { readonly line: string; readonly doc: string }[]
  /** Resolves to the exit status. */
  run(input: CommandInput): Promise<number>
}
