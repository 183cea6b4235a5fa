import type { OracleCase } from './case.ts'

/** Tests of one shrinking; what is left then is small enough to read. */
const MAX_TRIES = 220

/** Makes a case smaller as long as `fails` holds: fewer files, arguments, variables, lines, then characters. */
export async function shrink(
  one: OracleCase,
  fails: (candidate: OracleCase) => Promise<boolean>,
): Promise<OracleCase> {
  let best = one
  let tries = 0
  const attempt = async (candidate: OracleCase): Promise<boolean> => {
    if (tries++ >= MAX_TRIES || !(await fails(candidate))) return false
    best = candidate
    return true
  }
  for (const name of Object.keys(best.env)) await attempt({ ...best, env: without(best.env, name) })
  for (const name of Object.keys(best.files)) {
    if (Object.keys(best.files).length > 1) await attempt({ ...best, files: without(best.files, name) })
  }
  for (let i = best.args.length - 1; i >= 0; i--) {
    await attempt({ ...best, args: best.args.filter((_, at) => at !== i) })
  }
  for (const split of [/(?<=\n)/, /(?<=[\s,()[\]{}"])|(?=[\s,()[\]{}"])/, /(?:)/u]) {
    for (const name of Object.keys(best.files)) {
      await removePieces(
        () => (best.files[name] as string).split(split),
        (pieces) => attempt({ ...best, files: { ...best.files, [name]: pieces.join('') } }),
        () => tries < MAX_TRIES,
      )
    }
  }
  return best
}

/** Takes away runs of pieces, half of them first, then ever shorter runs. */
async function removePieces(
  current: () => string[],
  attempt: (pieces: string[]) => Promise<boolean>,
  goOn: () => boolean,
): Promise<void> {
  let size = Math.ceil(current().length / 2)
  while (size >= 1 && goOn()) {
    let at = 0
    while (at < current().length && goOn()) {
      const pieces = current()
      pieces.splice(at, size)
      if (pieces.length === 0 || !(await attempt(pieces))) at += size
    }
    size = size === 1 ? 0 : Math.ceil(size / 2)
  }
}

function without(record: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
}
