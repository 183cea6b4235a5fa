import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import { nearest } from '../../core/diag/suggest.ts'
import { parseBool } from '../../core/go/bool.ts'
import { quote } from '../../core/go/quote.ts'
import { parseAttest } from '../elements/attest.ts'
import { parseCache } from '../elements/cache.ts'
import { lastByKey, withoutEqualEntries } from '../elements/equality.ts'
import { parseOutput } from '../elements/output.ts'
import { type Parsed, parsed, refusal } from '../elements/parsed.ts'
import { parsePolicy } from '../elements/policy.ts'
import { withResource } from '../elements/resources.ts'
import { parseSecret } from '../elements/secret.ts'
import { parseSsh } from '../elements/ssh.ts'
import { type FieldRow, fieldOfSetKey, knownSetKeys } from '../fields.ts'
import type { AttestEntry, OverrideGrants, SecretEntry, SshEntry, TargetFields } from '../plan.ts'
import { withLoad, withPush } from './exporters.ts'
import { grantsOf, NO_GRANTS } from './grants.ts'
import type { KeyOverride } from './override-table.ts'

/** Keys that act on what other keys set; the reference applies them in random order. */
const LATE: readonly string[] = ['push', 'load', 'secret']

/** Fields after overrides, and what the overrides allow by themselves. */
export interface Applied {
  readonly fields: TargetFields
  readonly grants: OverrideGrants
  readonly diagnostics: readonly Diagnostic[]
}

/** Applies everything `--set` and flags say about one target (spec bake 7.2). */
export function applyOverrides(fields: TargetFields, overrides: ReadonlyMap<string, KeyOverride>): Applied {
  const ordered = [...overrides.values()].sort((a, b) => LATE.indexOf(a.key) - LATE.indexOf(b.key))
  const diagnostics: Diagnostic[] = []
  let result = fields
  for (const override of ordered) {
    const next = applyOne(result, override)
    if (!next.ok) {
      const failed = failure(next.message, override)
      return { fields: result, grants: NO_GRANTS, diagnostics: [...diagnostics, failed] }
    }
    result = next.value
    const warning = lossWarning(override)
    if (warning !== undefined) diagnostics.push(warning)
  }
  return { fields: result, grants: grantsOf(result, ordered), diagnostics }
}

function failure(summary: string, override: KeyOverride): Diagnostic {
  const close = summary.startsWith('unknown key: ') ? nearest(override.key, knownSetKeys()) : undefined
  return {
    severity: 'error',
    code: 'override/refused',
    summary,
    ...(close === undefined ? {} : { hints: [`did you mean "${close}"?`] }),
  }
}

/** Three keys lose their value in the reference (traps 18 and 19); the result is kept, and said. */
function lossWarning(override: KeyOverride): Diagnostic | undefined {
  const form = fieldOfSetKey(override.key)?.set?.form
  if (form !== 'lost-text' && form !== 'lost-list') return undefined
  const what = form === 'lost-text' ? 'empties' : 'clears'
  return {
    severity: 'warning',
    code: 'override/value-lost',
    summary: `--set ${override.text} always ${what} "${override.key}"`,
    detail: `Overrides of "${override.key}" lose their value, as they do in docker buildx bake.`,
    hints: [`set "${override.key}" from a variable in the bake definition instead`],
  }
}

function applyOne(fields: TargetFields, override: KeyOverride): Parsed<TargetFields> {
  const { key, sub, value } = override
  if (key === 'push' || key === 'load') {
    const flag = parseBool(value)
    if (flag === undefined) return badFlag(key, value)
    const outputs = fields.output ?? []
    const next = key === 'push' ? withPush(outputs, flag ? 'on' : 'off') : flag ? withLoad(outputs) : outputs
    return parsed({ ...fields, output: next })
  }
  if (key === 'secret') return resourceSecret(fields, sub ?? '', value)
  const row = fieldOfSetKey(key)
  if (row?.set === undefined) return refusal(`unknown key: ${key}`)
  switch (row.set.form) {
    case 'text':
      return parsed({ ...fields, [row.property]: value })
    case 'bool': {
      const flag = parseBool(value)
      return flag === undefined ? badFlag(key, value) : parsed({ ...fields, [row.property]: flag })
    }
    case 'entry': {
      if (sub === undefined) return refusal(entryForm(key))
      const entries = (fields as Record<string, unknown>)[row.property] as
        | ReadonlyMap<string, string>
        | undefined
      return parsed({ ...fields, [row.property]: new Map([...(entries ?? []), [sub, value]]) })
    }
    case 'field': {
      const resources = withResource(fields.resources ?? {}, sub ?? '', value)
      return resources.ok ? parsed({ ...fields, resources: resources.value }) : resources
    }
    case 'lost-text':
      return parsed({ ...fields, [row.property]: '' })
    case 'lost-list':
      return parsed({ ...fields, [row.property]: [] })
    case 'list':
    case 'grow':
      return applyList(fields, row, override)
  }
}

function badFlag(key: string, value: string): { readonly ok: false; readonly message: string } {
  return refusal(`invalid value ${value} for boolean key ${key}`)
}

function entryForm(key: string): string {
  return key === 'extra-hosts'
    ? 'invalid format for extra-hosts, expecting extra-hosts.<hostname>=<ip>'
    : `invalid format for ${key}, expecting ${key}.<name>=<value>`
}

function applyList(fields: TargetFields, row: FieldRow, override: KeyOverride): Parsed<TargetFields> {
  const entries = parseAll(row, override.values)
  if (!entries.ok) return entries
  const earlier = ((fields as Record<string, unknown>)[row.property] ?? []) as readonly unknown[]
  const grows = override.append || row.set?.form === 'grow'
  const joined = grows ? mergeEntries(row, [...earlier, ...entries.value]) : entries.value
  return parsed({ ...fields, [row.property]: joined })
}

function mergeEntries(row: FieldRow, entries: readonly unknown[]): readonly unknown[] {
  switch (row.kind) {
    case 'attest':
      return lastByKey(entries as readonly AttestEntry[], (entry) => entry.type)
    case 'secret':
    case 'ssh':
      return lastByKey(entries as readonly (SecretEntry | SshEntry)[], (entry) => entry.id)
    case 'cache':
    case 'output':
      return withoutEqualEntries(entries as Parameters<typeof withoutEqualEntries>[0])
    default:
      return entries
  }
}

function parseAll(row: FieldRow, texts: readonly string[]): Parsed<readonly unknown[]> {
  if (row.kind === 'strings') return parsed(texts)
  const entries: unknown[] = []
  for (const text of texts) {
    if (text === '') continue
    const entry = parseOne(row, text)
    if (!entry.ok) return entry
    entries.push(...entry.value)
  }
  return parsed(entries)
}

/** Messages of some keys carry a prefix in the reference; `secrets` and `ssh` speak of outputs there. */
function parseOne(row: FieldRow, text: string): Parsed<readonly unknown[]> {
  switch (row.kind) {
    case 'cache':
      return parseCache(text)
    case 'output':
      return single(parseOutput(text), 'invalid value for outputs: ')
    case 'secret':
      return single(parseSecret(text), 'invalid value for outputs: ')
    case 'ssh':
      return parsed([parseSsh(text)])
    case 'attest':
      return single(parseAttest(text), 'invalid value for attest: ')
    default:
      return single(parsePolicy(text), '')
  }
}

function single<T>(entry: Parsed<T>, prefix: string): Parsed<readonly T[]> {
  return entry.ok ? parsed([entry.value]) : refusal(`${prefix}${entry.message}`)
}

/** `--set T.secret.ID=...` gives a declared secret another source. */
function resourceSecret(fields: TargetFields, id: string, text: string): Parsed<TargetFields> {
  if (id === '') return refusal('invalid format for secret, expecting secret.<id>=<value>')
  const declared = fields.secret ?? []
  if (!declared.some((secret) => secret.id === id)) {
    return refusal(`secret ${quote(id)} must be declared before it can be overridden`)
  }
  const next = parseSecret(text)
  if (!next.ok) return next
  if (next.value.id !== '' && next.value.id !== id) {
    return refusal(`secret override id ${quote(next.value.id)} does not match declared secret ${quote(id)}`)
  }
  const first = declared.findIndex((secret) => secret.id === id)
  const secret = declared.map((entry, i) => (i === first ? { ...next.value, id } : entry))
  return parsed({ ...fields, secret })
}
