/** What the name of a file says about its format; `unknown` is found out by trying (spec bake 1.5). */
export type Format = 'compose' | 'hcl' | 'json' | 'unknown'

/** Looks at the suffix only: Compose in any case, HCL and JSON in lower case. */
export function detectFormat(name: string): Format {
  const lower = name.toLowerCase()
  if (lower.endsWith('.yml') || lower.endsWith('.yaml')) return 'compose'
  if (name.endsWith('.hcl')) return 'hcl'
  if (name.endsWith('.json')) return 'json'
  return 'unknown'
}
