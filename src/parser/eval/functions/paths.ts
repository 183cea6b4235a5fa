import { str } from '../../../core/value/make.ts'
import { STRING } from '../../../core/value/type.ts'
import { good } from '../../scope.ts'
import { type Family, param, textAt } from './define.ts'

/** Functions on slash-separated paths, and the home directory (spec bake 3.7). */
export const PATHS: Family = [
  {
    name: 'basename',
    doc: 'Returns the last element of a path.',
    params: [param('path', STRING, 'A path with slashes.')],
    returns: STRING,
    call: (args) => good(str(baseOf(textAt(args, 0)))),
  },
  {
    name: 'dirname',
    doc: 'Returns the directory of a path.',
    params: [param('path', STRING, 'A path with slashes.')],
    returns: STRING,
    call: (args) => good(str(directoryOf(textAt(args, 0)))),
  },
  {
    name: 'homedir',
    doc: "Returns the current user's home directory.",
    params: [],
    returns: STRING,
    call: (_args, world) => good(str(world.homeDir)),
  },
]

function baseOf(path: string): string {
  if (path === '') return '.'
  const last = path.split('/').filter((part) => part !== '').at(-1)
  return last ?? '/'
}

function directoryOf(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1))
}

/** The shortest path with the same meaning, found without looking at any file system. */
function cleanPath(path: string): string {
  const rooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!rooted) kept.push(part)
  }
  const joined = (rooted ? '/' : '') + kept.join('/')
  return joined === '' ? '.' : joined
}
