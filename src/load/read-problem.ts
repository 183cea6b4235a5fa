import type { Diagnostic } from '../core/diag/diagnostic.ts'

/** Whether reading failed because nothing is there. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'
}

/** A file that cannot be read, in the reference's words and with what to do. */
export function readProblem(name: string, error: unknown): Diagnostic {
  const code = codeOf(error)
  if (code === 'ENOENT') {
    return problem(
      'load/missing-file',
      `open ${name}: no such file or directory`,
      `check the name given with -f`,
    )
  }
  if (code === 'ENOTDIR') {
    return problem('load/missing-file', `open ${name}: not a directory`, `check the name given with -f`)
  }
  if (code === 'EISDIR') {
    return problem(
      'load/directory',
      `read ${name}: is a directory`,
      `name a file in it, e.g. -f ${name}/docker-bake.hcl`,
    )
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return problem('load/unreadable', `open ${name}: permission denied`, `make it readable: chmod +r ${name}`)
  }
  const why = error instanceof Error ? error.message : String(error)
  return problem('load/unreadable', `open ${name}: ${why}`, 'check that the file can be read')
}

function problem(code: `load/${string}`, summary: string, hint: string): Diagnostic {
  return { severity: 'error', code, summary, hints: [hint] }
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
