import type { Checked } from '../../core/diag/diagnostic.ts'

/** One `--set PATTERN.KEY[.SUB][+]=VALUE` (spec bake 7.1). */
export interface Override {
  /** As the user wrote it. */
  readonly text: string
  /** The left side without a trailing `+`. */
  readonly path: string
  readonly pattern: string
  readonly key: string
  /** Everything behind the second dot, further dots kept. */
  readonly sub?: string
  /** Absent only for `args.NAME` without `=`: the value of that environment variable. */
  readonly value?: string
  readonly append: boolean
}

/** Splits one `--set` value. Checks of the key itself come later, when a target takes it. */
export function parseOverride(text: string): Checked<Override> {
  const equals = text.indexOf('=')
  const left = equals < 0 ? text : text.slice(0, equals)
  const append = left.endsWith('+')
  const path = append ? left.slice(0, -1) : left
  const [pattern = '', key = '', ...rest] = path.split('.')
  const override: Override = {
    text,
    path,
    pattern,
    key,
    append,
    ...(rest.length > 0 ? { sub: rest.join('.') } : {}),
    ...(equals < 0 ? {} : { value: text.slice(equals + 1) }),
  }
  if (!path.includes('.')) {
    return refused(override, `invalid override key ${path}, expected target.name`)
  }
  if (equals < 0 && key !== 'args') {
    return refused(override, `invalid override ${text}, expected target.name=value`)
  }
  return { value: override, diagnostics: [] }
}

function refused(override: Override, summary: string): Checked<Override> {
  const hint = 'write --set TARGET.KEY=VALUE, for example --set api.tags=example/api:dev'
  return {
    value: override,
    diagnostics: [{ severity: 'error', code: 'override/malformed', summary, hints: [hint] }],
  }
}
