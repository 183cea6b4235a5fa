/** What kind of definition a generator writes. */
export type Kind = 'hcl' | 'json' | 'compose'

/** One command line with everything it reads. */
export interface OracleCase {
  /** Which generated one it is, for reports. */
  readonly label: string
  /** File names and their texts, in the order they are given with `-f`. */
  readonly files: Readonly<Record<string, string>>
  /** Files that are read by others and not given with `-f`. */
  readonly sideFiles?: Readonly<Record<string, string>>
  /** Targets, `--set` and other flags. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** What a program made of a case. */
export interface Outcome {
  readonly accepted: boolean
  /** What it printed on stdout when it accepted. */
  readonly plan: string
  /** Its last `ERROR:` line when it refused. */
  readonly error: string
}

/** The arguments of both programs. */
export function bakeArguments(one: OracleCase): string[] {
  const named = Object.keys(one.files).flatMap((name) => ['-f', name])
  return ['bake', '--print', '--progress=quiet', ...named, ...one.args]
}

export function allFiles(one: OracleCase): readonly (readonly [name: string, text: string])[] {
  return [...Object.entries(one.files), ...Object.entries(one.sideFiles ?? {})]
}
