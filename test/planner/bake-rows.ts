import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bakeText, type Run } from './bake-text.ts'

/** One run with what it has to give. */
export interface Row extends Run {
  readonly name: string
  /** The printed targets without the `context` and `dockerfile` every target has. */
  readonly want?: Readonly<Record<string, unknown>>
  /** Members of the printed groups. */
  readonly groups?: Readonly<Record<string, readonly string[] | null>>
  /** `summary; detail` of the first error. */
  readonly error?: string
  /** How many errors there have to be. */
  readonly errors?: number
  /** A warning that has to be among the warnings. */
  readonly warning?: string
  /** A hint of the first error. */
  readonly hint?: string
}

/** A suite with one test for each row; the caller runs it. */
export function rowSuite(name: string, rows: readonly Row[]): ReturnType<typeof suite> {
  const test = suite(name)
  for (const row of rows) test(row.name, () => checkRow(row))
  return test
}

function checkRow(row: Row): void {
  const got = bakeText(row)
  assert.is(got.error, row.error)
  if (row.want !== undefined) assert.equal(withoutDefaults(got.json?.target ?? {}), row.want)
  if (row.groups !== undefined) assert.equal(members(got.json?.group ?? {}), row.groups)
  if (row.errors !== undefined) assert.is(got.errors, row.errors)
  if (row.warning !== undefined) assert.ok(got.warnings.includes(row.warning), got.warnings.join('; '))
  if (row.hint !== undefined) {
    const first = got.diagnostics.find((d) => d.severity === 'error')
    assert.ok(first?.hints?.includes(row.hint), first?.hints?.join('; '))
  }
}

function withoutDefaults(targets: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(targets).map(([name, target]) => {
      const { context, dockerfile, ...rest } = target as Record<string, unknown>
      const shown = {
        ...(context === '.' ? {} : { context }),
        ...(dockerfile === 'Dockerfile' ? {} : { dockerfile }),
        ...rest,
      }
      return [name, shown]
    }),
  )
}

function members(groups: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(groups).map(([name, group]) => [name, (group as { targets: unknown }).targets]),
  )
}

/** A file with a target `default` that holds these lines. */
export function target(...lines: readonly string[]): string {
  return ['target "default" {', ...lines, '}', ''].join('\n')
}

/** Lines as a text. */
export function lines(...texts: readonly string[]): string {
  return `${texts.join('\n')}\n`
}
