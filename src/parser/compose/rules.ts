/**
 * Path patterns (`services.*.build.args`) as a tree, so that a walk looks at a rule only where one can
 * apply. `*` stands for any key and for list elements, `[]` for list elements only.
 */
export interface Rules<T> {
  readonly here: T | undefined
  readonly keys: ReadonlyMap<string, Rules<T>>
  readonly any: Rules<T> | undefined
}

/** Compiles a table of dotted patterns; no level of a table may have both `*` and a key of its own. */
export function compileRules<T>(table: Readonly<Record<string, T>>): Rules<T> {
  return branch(Object.entries(table).map(([pattern, rule]) => [pattern.split('.'), rule] as const))
}

function branch<T>(rows: readonly (readonly [readonly string[], T])[]): Rules<T> {
  const here = rows.find(([parts]) => parts.length === 0)?.[1]
  const groups = new Map<string, (readonly [readonly string[], T])[]>()
  for (const [parts, rule] of rows) {
    const [first, ...rest] = parts
    if (first === undefined) continue
    const group = groups.get(first)
    if (group === undefined) groups.set(first, [[rest, rule]])
    else group.push([rest, rule])
  }
  const keys = new Map([...groups].map(([key, group]) => [key, branch(group)] as const))
  const any = keys.get('*')
  keys.delete('*')
  return { here, keys, any }
}

/** The rules below a key; undefined when none can apply there. */
export function below<T>(rules: Rules<T> | undefined, key: string): Rules<T> | undefined {
  if (rules === undefined) return undefined
  return rules.keys.get(key) ?? rules.any
}
