import { spanOf } from '../../core/source/source-file.ts'
import { readDotenv } from './dotenv.ts'
import type { ComposeInput } from './input.ts'
import { problem, Stop } from './stop.ts'
import type { Lookup } from './substitute.ts'
import type { Warnings } from './warnings.ts'

/** Names and values that Compose files can use. */
export type Environment = ReadonlyMap<string, string>

/** The environment, below it `.env` of the working directory, above both `--var` (spec bake 9.1). */
export function composeEnvironment(input: ComposeInput, warnings: Warnings): Environment {
  const values = new Map<string, string>()
  for (const [name, value] of Object.entries(input.env)) if (value !== undefined) values.set(name, value)
  const { dotenv } = input
  if (dotenv !== undefined) {
    const out = new Map<string, string>()
    const unset = (name: string): void => warnings.unset(name, undefined)
    const read = readDotenv(dotenv.text, { lookup: lookupIn(values), unset, out })
    if (!read.ok) {
      const at = spanOf(dotenv.id, read.offset, read.offset)
      throw new Stop([problem('compose/bad-dotenv', read.message, { at, hints: ['mend this line of .env'] })])
    }
    for (const [name, value] of out) if (!values.has(name)) values.set(name, value)
  }
  for (const [name, value] of input.vars) values.set(name, value)
  return values
}

/** Looks names up in an environment. */
export function lookupIn(environment: Environment): Lookup {
  return (name) => environment.get(name)
}

/** `base` and what of `more` it does not have. */
export function environmentWith(base: Environment, more: ReadonlyMap<string, string>): Environment {
  return new Map([...more, ...base])
}
