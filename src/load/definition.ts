import { type Checked, checked, type Diagnostic, hasErrors } from '../core/diag/diagnostic.ts'
import { renderReferenceLine } from '../core/diag/render-reference.ts'
import { parseBool } from '../core/go/bool.ts'
import type { FileTable } from '../core/source/file-table.ts'
import type { SourceFile } from '../core/source/source-file.ts'
import type { Host } from '../host/host.ts'
import type { Body } from '../parser/body.ts'
import type { ComposeDefinition } from '../parser/definition.ts'
import { parseHcl } from '../parser/hcl/parse.ts'
import { parseJson } from '../parser/json/parse.ts'
import { define } from '../planner/definition/define.ts'
import type { BakeDefinition } from '../planner/definition/definition.ts'
import type { DefinitionFile as ParsedFile } from '../planner/definition/inputs.ts'
import { loadCompose } from './compose.ts'
import type { DefinitionFile } from './files.ts'
import { detectFormat } from './format.ts'

/** Choices that decide what definition files mean. */
export interface LoadOptions {
  /** `--var NAME=VALUE`, last one wins. */
  readonly vars: ReadonlyMap<string, string>
  /** Value of BAKE_CMD_CONTEXT; `cwd://` when the definition is local. */
  readonly cmdContext: string
  /** See `relativePathsSwitch`. */
  readonly relativePaths: boolean
}

/** Whether BUILDX_BAKE_DISABLE_VARS_ENV_LOOKUP leaves the environment out (spec bake 1.4). */
export function envLookup(host: Host): boolean {
  return parseBool(host.env['BUILDX_BAKE_DISABLE_VARS_ENV_LOOKUP'] ?? '') !== true
}

/** Files that were read → one evaluated definition: detection, parsing, both merge phases (spec bake 1.5, 1.6). */
export async function loadDefinition(
  files: readonly DefinitionFile[],
  options: LoadOptions,
  table: FileTable,
  host: Host,
): Promise<Checked<BakeDefinition>> {
  const expectMuchWork = once(() => host.expectMuchWork?.())
  if (files.reduce((sum, one) => sum + one.sizeBytes, 0) > MUCH_TEXT_BYTES) expectMuchWork()
  const parsed = await parseFiles(files, options, table, host)
  if (hasErrors(parsed.diagnostics)) return checked(EMPTY, parsed.diagnostics)
  const { bodies, compose, composeDir } = parsed.value
  const now = host.now()
  const defined = define({
    bodies,
    ...(compose === undefined ? {} : { compose }),
    ...(composeDir === undefined ? {} : { composeDir }),
    vars: options.vars,
    env: host.env,
    envLookup: envLookup(host),
    builtins: { cmdContext: options.cmdContext, localPlatform: host.localPlatform },
    world: { now, homeDir: host.homeDir, random: (n) => host.random(n) },
    relativePaths: options.relativePaths,
    expectMuchWork,
  })
  return checked(defined.value, [...parsed.diagnostics, ...defined.diagnostics])
}

/** Definitions above this are worth preparing for. */
const MUCH_TEXT_BYTES = 12_000

function once(act: () => void): () => void {
  let done = false
  return () => {
    if (!done) act()
    done = true
  }
}

const EMPTY: BakeDefinition = { groups: new Map(), targets: new Map(), variables: [] }

interface ParsedFiles {
  readonly bodies: readonly ParsedFile[]
  readonly compose?: ComposeDefinition
  readonly composeDir?: string
}

async function parseFiles(
  files: readonly DefinitionFile[],
  options: LoadOptions,
  table: FileTable,
  host: Host,
): Promise<Checked<ParsedFiles>> {
  const bodies: ParsedFile[] = []
  const composeFiles: DefinitionFile[] = []
  const diagnostics: Diagnostic[] = []
  for (const one of files) {
    const format = detectFormat(one.file.name)
    if (format === 'compose') composeFiles.push(one)
    else if (format === 'unknown' && (await isCompose(one, options, table, host))) composeFiles.push(one)
    else {
      const parsed = await parseBody(one, format === 'unknown' ? 'unknown' : format, options, table, host)
      diagnostics.push(...parsed.diagnostics)
      const { file, body } = parsed.value
      bodies.push({ file, body, ...(one.dir === undefined ? {} : { dir: one.dir }) })
      if (format === 'unknown' && hasErrors(parsed.diagnostics)) break
    }
  }
  const first = composeFiles[0]
  if (first === undefined || hasErrors(diagnostics)) return checked({ bodies }, diagnostics)
  const compose = await loadCompose(composeFiles, options.vars, table, host)
  return checked(
    { bodies, compose: compose.value, ...(first.dir === undefined ? {} : { composeDir: first.dir }) },
    [...diagnostics, ...compose.diagnostics],
  )
}

async function isCompose(
  one: DefinitionFile,
  options: LoadOptions,
  table: FileTable,
  host: Host,
): Promise<boolean> {
  const tried = await loadCompose([one], options.vars, table, host)
  return !hasErrors(tried.diagnostics)
}

/** HCL or JSON by suffix; anything else is tried as `NAME.hcl`, then as `NAME.json` (spec bake 1.5). */
async function parseBody(
  one: DefinitionFile,
  format: 'hcl' | 'json' | 'unknown',
  options: LoadOptions,
  table: FileTable,
  host: Host,
): Promise<Checked<{ readonly file: SourceFile; readonly body: Body }>> {
  const { file } = one
  if (format !== 'unknown') {
    const parsed = format === 'hcl' ? parseHcl(file) : parseJson(file)
    return checked({ file, body: parsed.value }, parsed.diagnostics)
  }
  const asHcl = table.add(`${file.name}.hcl`, file.text)
  const hcl = parseHcl(asHcl)
  if (!hasErrors(hcl.diagnostics)) return checked({ file: asHcl, body: hcl.value }, hcl.diagnostics)
  const asJson = table.add(`${file.name}.json`, file.text)
  const json = parseJson(asJson)
  if (!hasErrors(json.diagnostics)) return checked({ file: asJson, body: json.value }, json.diagnostics)
  const yaml = await loadCompose([one], options.vars, table, host)
  const yamlText = messageOf(yaml.diagnostics, table)
  const hclText = messageOf(hcl.diagnostics, table)
  const why: Diagnostic = {
    severity: 'error',
    code: 'load/no-format',
    summary: `failed to parse ${file.name}: parsing yaml: ${yamlText}, parsing hcl: ${hclText}`,
    hints: ['end the file name in .hcl, .json, .yaml or .yml, so that only that format is read'],
  }
  return checked({ file: asHcl, body: hcl.value }, [why])
}

function messageOf(diagnostics: readonly Diagnostic[], table: FileTable): string {
  return renderReferenceLine(diagnostics, table).replace(/^ERROR: /, '')
}
