import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import { parseBool } from '../../core/go/bool.ts'
import { parseCsvValue } from '../../core/go/csv-value.ts'
import { quote } from '../../core/go/quote.ts'
import type { RunLimits } from '../../executor/run-types.ts'
import type { Host } from '../../host/host.ts'
import { envLookup } from '../../load/definition.ts'
import { isRemoteUrl } from '../../planner/elements/remote-url.ts'
import type { ListFormat } from '../../planner/print/render-list.ts'
import { type Permissions, parseAllow } from '../../planner/resolve/entitlements.ts'
import { type Override, parseOverride } from '../../planner/resolve/override.ts'
import type { PlanFlags, PlanRequest } from '../../planner/resolve/request.ts'
import { chooseMode, type DecidedMode } from '../../progress/create-progress.ts'
import type { CommandInput } from '../command.ts'
import type { ParsedFlags } from '../flags.ts'
import { readLimits } from './bake-limits.ts'

/** What `--call` asks for besides the plan's field. */
export interface CallOptions {
  readonly method: string
  readonly format: 'text' | 'json'
  readonly ignoreStatus: boolean
}

/** The command line of `bake`, read and checked. */
export interface BakeOptions {
  readonly files: readonly string[]
  /** URL of a definition that is not on this machine. */
  readonly remoteUrl?: string
  /** Value of BAKE_CMD_CONTEXT. */
  readonly cmdContext: string
  readonly targets: readonly string[]
  readonly vars: ReadonlyMap<string, string>
  readonly print: boolean
  /** Neither `--print` nor `--list`: a builder is needed. */
  readonly builds: boolean
  readonly list?: { readonly what: 'targets' | 'variables'; readonly format: ListFormat }
  readonly progress: DecidedMode
  readonly builder?: string
  /** From `--allow`. */
  readonly granted: Permissions
  readonly metadataFile?: string
  /** How the targets of the run go together. */
  readonly limits: RunLimits
  readonly call?: CallOptions
  /** Mistakes in `--list`: told once the definition is read, as the reference does. */
  readonly listProblems: readonly Diagnostic[]
  readonly request: {
    readonly targets: readonly string[]
    readonly overrides: readonly Override[]
    readonly unreadable: NonNullable<PlanRequest['unreadable']>
    readonly flags: PlanFlags
    readonly envLookup: boolean
    readonly sourceDateEpoch?: string
  }
}

/**
 * Reads the flags of `bake`; messages are the reference's (spec bake 7.4, 2.3.2, 10.6), and the first mistake
 * told is the one it finds first.
 */
export function readBakeOptions(input: CommandInput): Checked<BakeOptions> {
  const { flags, host } = input
  const problems: Diagnostic[] = []
  const note = <T>(one: Checked<T>): T => {
    problems.push(...one.diagnostics)
    return one.value
  }
  const call = note(readCall(flags))
  const granted = note(parseAllow(flags.lists.get('allow') ?? []))
  const vars = note(readVars(flags.lists.get('var') ?? []))
  const print = flags.bools.get('print') === true
  const list = readList(flags)
  if (print && list.asked) {
    problems.push(
      wrong('cli/print-and-list', '--print and --list are mutually exclusive', 'give one of them'),
    )
  }
  const progress = note(readProgress(flags, host))
  const limits = note(readLimits(flags))
  const { overrides, unreadable } = readOverrides(flags)
  const epoch = host.env['SOURCE_DATE_EPOCH'] ?? ''
  const builder = flags.strings.get('builder') ?? host.env['BUILDX_BUILDER']
  const metadataFile = flags.strings.get('metadata-file')
  const { targets, cmdContext, remoteUrl } = splitPositionals(flags.positionals)
  const value: BakeOptions = {
    files: flags.lists.get('file') ?? [],
    ...(remoteUrl === undefined ? {} : { remoteUrl }),
    cmdContext,
    targets,
    vars,
    print,
    builds: !print && !list.asked,
    ...(list.value === undefined ? {} : { list: list.value }),
    progress,
    ...(builder === undefined || builder === '' ? {} : { builder }),
    granted,
    ...(metadataFile === undefined ? {} : { metadataFile }),
    limits,
    ...(call === undefined ? {} : { call }),
    listProblems: list.diagnostics,
    request: {
      targets,
      overrides,
      unreadable,
      flags: planFlags(flags, call),
      envLookup: envLookup(host),
      ...(epoch === '' ? {} : { sourceDateEpoch: epoch }),
    },
  }
  return { value, diagnostics: problems }
}

/** Mistakes in flags that are told once the definition is read. */
export function laterProblems({ listProblems, request }: BakeOptions): readonly Diagnostic[] {
  return [...listProblems, ...request.unreadable.map((one) => one.diagnostic)]
}

/** `[URL [CONTEXT_URL]] [TARGET...]` (spec bake 11.1). */
export function splitPositionals(
  words: readonly string[],
): Pick<BakeOptions, 'targets' | 'cmdContext' | 'remoteUrl'> {
  const [url, context] = words
  if (url === undefined || !isRemoteUrl(url)) return { targets: words, cmdContext: 'cwd://' }
  if (context === undefined || !isRemoteUrl(context)) {
    return { remoteUrl: url, cmdContext: 'cwd://', targets: words.slice(1) }
  }
  return { remoteUrl: url, cmdContext: context, targets: words.slice(2) }
}

function readOverrides(flags: ParsedFlags): Pick<BakeOptions['request'], 'overrides' | 'unreadable'> {
  const overrides: Override[] = []
  const unreadable: { readonly before: number; readonly diagnostic: Diagnostic }[] = []
  for (const text of flags.lists.get('set') ?? []) {
    const { value, diagnostics } = parseOverride(text)
    unreadable.push(...diagnostics.map((diagnostic) => ({ before: overrides.length, diagnostic })))
    if (diagnostics.length === 0) overrides.push(value)
  }
  return { overrides, unreadable }
}

function planFlags(flags: ParsedFlags, call: CallOptions | undefined): PlanFlags {
  const bool = (name: string): boolean | undefined => flags.bools.get(name)
  const text = (name: string): string | undefined => flags.strings.get(name)
  const policy = flags.lists.get('policy')
  return {
    ...(bool('push') === true ? { push: true } : {}),
    ...(bool('load') === true ? { load: true } : {}),
    ...(call === undefined ? {} : { call: call.method }),
    ...(bool('no-cache') === undefined ? {} : { noCache: bool('no-cache') === true }),
    ...(bool('pull') === undefined ? {} : { pull: bool('pull') === true }),
    ...(text('sbom') === undefined ? {} : { sbom: text('sbom') as string }),
    ...(text('provenance') === undefined ? {} : { provenance: text('provenance') as string }),
    ...(policy === undefined ? {} : { policy }),
  }
}

function readVars(items: readonly string[]): Checked<ReadonlyMap<string, string>> {
  const vars = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  for (const item of items) {
    if (item === '') continue
    const equals = item.indexOf('=')
    const quoted = quote(item)
    if (equals < 0) {
      diagnostics.push(
        wrong('cli/var', `invalid variable ${quoted}, expected key=value`, 'write --var NAME=VALUE'),
      )
    } else if (equals === 0) {
      diagnostics.push(wrong('cli/var', `invalid variable ${quoted}, key is empty`, 'write --var NAME=VALUE'))
    } else vars.set(item.slice(0, equals), item.slice(equals + 1))
  }
  return { value: vars, diagnostics }
}

/** `--call METHOD[,format=F][,ignorestatus=B]`; `check` is stored as `lint` (spec bake 7.4). */
function readCall(flags: ParsedFlags): Checked<CallOptions | undefined> {
  const text = flags.strings.get('call') ?? (flags.bools.get('check') === true ? 'check' : '')
  if (text === '') return { value: undefined, diagnostics: [] }
  const record = parseCsvValue(text)
  if (!record.ok) return refusedCall(record.message)
  let method = ''
  let format: 'text' | 'json' = 'text'
  let ignoreStatus = false
  for (const field of record.fields) {
    const equals = field.indexOf('=')
    if (equals < 0) {
      if (method !== '') return refusedCall(`invalid print value: ${text}`)
      method = field
      continue
    }
    const key = field.slice(0, equals)
    const value = field.slice(equals + 1)
    if (key === 'format') format = value === 'json' ? 'json' : 'text'
    else if (key === 'ignorestatus') {
      const status = parseBool(value)
      if (status === undefined) {
        return refusedCall(`invalid ignorestatus print value: ${value}: ${parseBoolRefusal(value)}`)
      }
      ignoreStatus = status
    } else return refusedCall(`invalid print field: ${field}`)
  }
  if (method === 'build') return { value: undefined, diagnostics: [] }
  return { value: { method: method === 'check' ? 'lint' : method, format, ignoreStatus }, diagnostics: [] }
}

function parseBoolRefusal(text: string): string {
  return `strconv.ParseBool: parsing ${quote(text)}: invalid syntax`
}

function refusedCall(summary: string): Checked<undefined> {
  return {
    value: undefined,
    diagnostics: [wrong('cli/call', summary, 'write --call check, outline or targets')],
  }
}

/** `asked`: nothing is built, even when the value cannot be read. */
type ListChoice = Checked<BakeOptions['list']> & { readonly asked: boolean }

function readList(flags: ParsedFlags): ListChoice {
  const text = listText(flags)
  if (text === '') return { value: undefined, diagnostics: [], asked: false }
  const record = parseCsvValue(text)
  if (!record.ok) return refusedList(record.message)
  const { fields } = record
  let what = ''
  let format = 'table'
  if (fields.length === 1 && !text.startsWith('type=')) what = fields[0] as string
  else {
    for (const field of fields) {
      const equals = field.indexOf('=')
      const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase()
      if (equals < 0) return refusedList(`invalid value ${field}`)
      if (key === 'type') what = field.slice(equals + 1)
      else if (key === 'format') format = field.slice(equals + 1)
      else return refusedList(`unexpected key '${key}' in '${field}'`)
    }
  }
  if (what !== 'targets' && what !== 'variables') return refusedList(`invalid list type ${quote(what)}`)
  if (format !== 'table' && format !== 'json') return refusedList(`invalid list format ${quote(format)}`)
  return { value: { what, format }, diagnostics: [], asked: true }
}

/** The deprecated forms win over `--list`, targets over variables. */
function listText(flags: ParsedFlags): string {
  if (flags.bools.get('list-targets') === true) return 'targets'
  if (flags.bools.get('list-variables') === true) return 'variables'
  return flags.strings.get('list') ?? ''
}

function refusedList(summary: string): ListChoice {
  const hint = 'write --list targets, --list variables, or --list type=targets,format=json'
  return { value: undefined, diagnostics: [wrong('cli/list', summary, hint)], asked: true }
}

/** An empty value is `auto` too, but leaves BUILDKIT_PROGRESS out. */
function readProgress(flags: ParsedFlags, host: Host): Checked<DecidedMode> {
  const asked = flags.strings.get('progress') ?? 'auto'
  const chosen = chooseMode(asked, asked === '' ? {} : host.env, host.stderr.isTTY === true)
  if (chosen.ok) return { value: chosen.mode, diagnostics: [] }
  const hint = 'use --progress auto, plain, tty, quiet or rawjson'
  return { value: 'plain', diagnostics: [wrong('cli/progress', chosen.message, hint)] }
}

function wrong(code: `cli/${string}`, summary: string, hint: string): Diagnostic {
  return { severity: 'error', code, summary, hints: [hint] }
}
