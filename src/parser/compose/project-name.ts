import { spanOf } from '../../core/source/source-file.ts'
import { type Environment, lookupIn } from './environment.ts'
import { interpolate } from './interpolate.ts'
import { entryOf, mappingNode, nullNode, scalarText, stringOf, textNode } from './node.ts'
import type { ProjectFile } from './project.ts'
import type { Session } from './session.ts'

const KEY = 'COMPOSE_PROJECT_NAME'

/** The environment with COMPOSE_PROJECT_NAME: the last `name` of the files, what is set already, or `bake`. */
export function projectName(
  files: readonly ProjectFile[],
  environment: Environment,
  session: Session,
): Environment {
  const start = files[0] === undefined ? undefined : spanOf(files[0].file.id, 0, 0)
  let name = textNode('', start ?? ZERO)
  for (const { file, name: shown } of files) {
    for (const { root } of session.documents(file, shown)) {
      const written = entryOf(root, 'name')
      const text = written === undefined ? undefined : scalarText(written)
      if (written !== undefined && text !== undefined && text !== '') name = textNode(text, written.span)
    }
  }
  const entries = new Map([['name', { value: name, keySpan: name.span }]])
  const filled = interpolate(mappingNode(entries, name.span), lookupIn(environment), session.warnings)
  const own = stringOf(entryOf(filled, 'name') ?? nullNode(name.span)) ?? ''
  const given = environment.get(KEY) ?? ''
  return new Map([...environment, [KEY, own || given || 'bake']])
}

const ZERO = { file: 0, start: 0, end: 0 } as ReturnType<typeof spanOf>
