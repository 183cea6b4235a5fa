import { type Checked, checked } from '../core/diag/diagnostic.ts'
import { parseBool } from '../core/go/bool.ts'
import type { FileTable } from '../core/source/file-table.ts'
import type { SourceFile } from '../core/source/source-file.ts'
import type { Host } from '../host/host.ts'
import type { ReadText } from '../parser/compose/input.ts'
import type { ComposeDefinition } from '../parser/definition.ts'
import { type DefinitionFile, resolvePath } from './files.ts'
import { isMissing } from './read-problem.ts'

/** Files one set of Compose files may pull in through `extends`, `include` and `env_file`. */
const MAX_WANTED_FILES = 1000

/** Reads Compose files and whatever they pull in; the reader itself stays pure and names what it needs. */
export async function loadCompose(
  files: readonly DefinitionFile[],
  vars: ReadonlyMap<string, string>,
  table: FileTable,
  host: Host,
): Promise<Checked<ComposeDefinition>> {
  const { readCompose } = await import('../parser/compose/read.ts')
  const texts = new Map<string, ReadText>()
  const dotenv = await readText('.env', table, host)
  const lookup = parseBool(host.env['BUILDX_BAKE_DISABLE_VARS_ENV_LOOKUP'] ?? '') !== true
  for (;;) {
    const answer = readCompose({
      files: files.map((one) => one.file),
      env: lookup ? host.env : {},
      ...(dotenv.kind === 'text' ? { dotenv: dotenv.file } : {}),
      vars,
      cwd: host.cwd,
      texts,
    })
    if (answer.kind === 'done') return answer.result
    for (const path of answer.paths) texts.set(path, await readText(path, table, host))
    if (texts.size > MAX_WANTED_FILES) return tooManyFiles(texts.size)
  }
}

async function readText(path: string, table: FileTable, host: Host): Promise<ReadText> {
  try {
    const data = await host.readFile(resolvePath(host, path))
    const file: SourceFile = table.add(path, new TextDecoder().decode(data))
    return { kind: 'text', file }
  } catch (error) {
    if (isMissing(error)) return { kind: 'missing' }
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

function tooManyFiles(count: number): Checked<ComposeDefinition> {
  return checked({ targets: new Map(), defaultGroup: null }, [
    {
      severity: 'error',
      code: 'compose/too-many-files',
      summary: `the Compose files pull in more than ${MAX_WANTED_FILES} other files (${count})`,
      hints: ['check extends, include and env_file for a chain without end'],
    },
  ])
}
