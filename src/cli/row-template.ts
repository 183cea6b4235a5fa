/** A row for templates: fields by name, and what `{{json .}}` prints. */
export interface TemplateRow {
  readonly fields: Readonly<Record<string, string>>
  readonly json: unknown
}

export type RowTemplate =
  | { readonly ok: true; readonly render: (row: TemplateRow) => string }
  | { readonly ok: false; readonly message: string }

type Part = string | ((row: TemplateRow) => string)

/** Works on the text of a field. */
const FUNCTIONS: Readonly<Record<string, (text: string) => string>> = {
  json: (text) => goJson(text),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  title: (text) => text.replace(/(^|\s)(\S)/g, (_, gap, letter) => gap + letter.toUpperCase()),
  println: (text) => `${text}\n`,
  print: (text) => text,
}

/**
 * Reads the part of Go's templates that `--format` needs (spec cli 1.3): `{{.Field}}`, `{{fn .Field}}`,
 * `{{.Field | fn}}` and `{{json .}}`. Messages are the reference's.
 */
export function parseRowTemplate(text: string, fields: readonly string[], goType: string): RowTemplate {
  const source = text.replace(/\\([tn])/g, (_, letter) => (letter === 't' ? '\t' : '\n'))
  const parts: Part[] = []
  let at = 0
  for (;;) {
    const open = source.indexOf('{{', at)
    parts.push(source.slice(at, open < 0 ? undefined : open))
    if (open < 0)
      return { ok: true, render: (row) => parts.map((p) => (typeof p === 'string' ? p : p(row))).join('') }
    const close = source.indexOf('}}', open)
    const line = source.slice(0, open).split('\n').length
    if (close < 0) return broken(`template: :${line}: unclosed action`)
    const action = readAction(source.slice(open + 2, close), fields)
    if (action.kind !== 'part') {
      const column = open + 2 - (source.lastIndexOf('\n', open) + 1)
      return broken(actionProblem(action, line, column, goType))
    }
    parts.push(action.part)
    at = close + 2
  }
}

type Mistake = {
  readonly kind: 'unknown-field' | 'unknown-function' | 'not-understood'
  readonly name: string
}
type Action = { readonly kind: 'part'; readonly part: Part } | Mistake

function actionProblem({ kind, name }: Mistake, line: number, column: number, goType: string): string {
  switch (kind) {
    case 'unknown-field':
      return `template: :${line}:${column}: executing "" at <.${name}>: can't evaluate field ${name} in type ${goType}`
    case 'unknown-function':
      return `template: :${line}: function "${name}" not defined`
    case 'not-understood':
      return `template: :${line}: unexpected "${name}" in command`
  }
}

function readAction(text: string, fields: readonly string[]): Action {
  const [first = '', ...pipes] = text.replace(/^-|-$/g, '').split('|')
  const words = first.trim().split(/\s+/)
  const operand = words.pop() ?? ''
  const names = [...words.reverse(), ...pipes.map((pipe) => pipe.trim())]
  const unknown = names.find((name) => !Object.hasOwn(FUNCTIONS, name))
  if (unknown !== undefined) return { kind: 'unknown-function', name: unknown }
  const works = names.map((name) => FUNCTIONS[name] as (text: string) => string)
  if (operand === '.' && names[0] === 'json') {
    const rest = works.slice(1)
    return { kind: 'part', part: (row) => rest.reduce((value, work) => work(value), goJson(row.json)) }
  }
  const field = /^\.(\w+)$/.exec(operand)?.[1]
  if (field === undefined) return { kind: 'not-understood', name: operand }
  if (!fields.includes(field)) return { kind: 'unknown-field', name: field }
  return {
    kind: 'part',
    part: (row) => works.reduce((value, work) => work(value), row.fields[field] ?? ''),
  }
}

/** JSON as Go writes it: keys sorted, characters that mean something in HTML escaped. */
export function goJson(thing: unknown): string {
  const text = JSON.stringify(thing, (_, value: unknown) => sortKeys(value))
  return text.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function broken(message: string): RowTemplate {
  return { ok: false, message: `template parsing error: ${message}` }
}
