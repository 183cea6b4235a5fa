import { runCommandLine } from '../../src/cli/run.ts'
import type { FileId } from '../../src/core/source/source-file.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import { parseHcl } from '../../src/parser/hcl/parse.ts'
import { define } from '../../src/planner/definition/define.ts'

/** Exit status of `bake --print` and the codes of what it reported, each once. */
export async function codesOf(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly codes: readonly string[] }> {
  const host = createMemoryHost({ files })
  const named = Object.keys(files).flatMap((name) => ['-f', name])
  const status = await runCommandLine(['bake', '--print', '--progress=quiet', ...named], host)
  const codes = [...host.stderrText().matchAll(/^error\[(.*?)\]/gm)].map((match) => match[1] ?? '')
  return { status, codes: [...new Set(codes)] }
}

/** Summaries of what is wrong with a definition that may spend only so much work. */
export function problemsWithin(work: number, text: string): readonly string[] {
  const file = { id: 0 as FileId, name: 'docker-bake.hcl', text }
  const defined = define({
    bodies: [{ file, body: parseHcl(file).value, dir: '.' }],
    vars: new Map(),
    env: {},
    envLookup: true,
    builtins: { cmdContext: 'cwd://', localPlatform: 'linux/amd64' },
    world: { now: 0, homeDir: '/', random: (n) => new Uint8Array(n), budget: { left: work } },
    relativePaths: false,
  })
  return defined.diagnostics.map(({ summary, detail }) => `${summary}; ${detail}`)
}
