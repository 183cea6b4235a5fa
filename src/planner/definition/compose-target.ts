import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import type { ComposeTarget } from '../../parser/definition.ts'
import { parseAttest } from '../elements/attest.ts'
import { parseCache } from '../elements/cache.ts'
import { parseOutput } from '../elements/output.ts'
import { type Parsed, parsed } from '../elements/parsed.ts'
import { parseSecret } from '../elements/secret.ts'
import { parseSsh } from '../elements/ssh.ts'
import { FIELDS, type FieldRow } from '../fields.ts'
import { normaliseFields } from '../merge.ts'
import type { TargetFields } from '../plan.ts'
import type { TargetDefinition } from './definition.ts'

/** A Compose service with a build section as a target definition (spec bake 9.2). */
export function composeTarget(
  source: ComposeTarget,
  dir: string | undefined,
): { readonly target: TargetDefinition; readonly diagnostics: readonly Diagnostic[] } {
  const fields: Record<string, unknown> = {}
  const diagnostics: Diagnostic[] = []
  for (const row of FIELDS) {
    const value = readField(row, source)
    if (value.ok) {
      if (value.value !== undefined) fields[row.property] = value.value
      continue
    }
    const subject = source.spans.get(row.key) ?? source.span
    diagnostics.push({
      severity: 'error',
      code: 'compose/invalid-element',
      summary: `failed to parse compose file: ${value.message}`,
      ...(subject === undefined
        ? {}
        : { related: [{ span: subject, label: `\`${row.key}\` of this service` }] }),
    })
  }
  const target: TargetDefinition = {
    name: source.name,
    inherits: [],
    fields: normaliseCompose(fields as TargetFields),
    fieldSpans: source.spans,
    ...(source.span === undefined ? {} : { span: source.span }),
    ...(dir === undefined ? {} : { base: { fallback: dir } }),
  }
  return { target, diagnostics }
}

/** `network: host` asks for its entitlement when the target is resolved, not here. */
function normaliseCompose(fields: TargetFields): TargetFields {
  const { network, ...rest } = fields
  const normal = normaliseFields(rest)
  return network === undefined ? normal : { ...normal, network }
}

function readField(row: FieldRow, source: ComposeTarget): Parsed<unknown> {
  const { key } = row
  switch (row.kind) {
    case 'string':
      return parsed(source.strings.get(key))
    case 'bool':
      return parsed(source.bools.get(key))
    case 'strings':
      return parsed(source.lists.get(key))
    case 'map':
      return parsed(source.maps.get(key))
    case 'attest':
      return readTexts(source.lists.get(key), (text) => single(parseAttest(text)))
    case 'cache':
      return readTexts(source.lists.get(key), parseCache)
    case 'output':
      return readTexts(source.lists.get(key), (text) => single(parseOutput(text)))
    case 'secret': {
      const written = readTexts(source.lists.get(key), (text) => single(parseSecret(text)))
      return written.ok ? parsed(joined(source.secrets, written.value)) : written
    }
    case 'ssh': {
      const written = readTexts(source.lists.get(key), (text) => parsed([parseSsh(text)]))
      return written.ok ? parsed(joined(source.ssh, written.value)) : written
    }
    default:
      return parsed(undefined)
  }
}

function joined(
  structured: readonly unknown[],
  written: readonly unknown[] | undefined,
): readonly unknown[] | undefined {
  if (structured.length === 0 && written === undefined) return undefined
  return [...structured, ...(written ?? [])]
}

function single<T>(entry: Parsed<T>): Parsed<readonly T[]> {
  return entry.ok ? parsed([entry.value]) : entry
}

function readTexts<T>(
  texts: readonly string[] | undefined,
  read: (text: string) => Parsed<readonly T[]>,
): Parsed<readonly T[] | undefined> {
  if (texts === undefined) return parsed(undefined)
  const entries: T[] = []
  for (const text of texts) {
    if (text === '') continue
    const entry = read(text)
    if (!entry.ok) return entry
    entries.push(...entry.value)
  }
  return parsed(entries)
}
