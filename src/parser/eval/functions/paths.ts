import { cleanPath } from '../../../core/go/path-clean.ts'
import { str } from '../../../core/value/make.ts'
import { STRING } from '../../../core/value/type.ts'
import { good } from '../../scope.ts'
import { type Family, param, textAt } from './define.ts'

/** Functions on slash-separated paths, and the home directory (spec bake 3.7). */
export const PATHS: Family = [
  {
    name: 'basename',
    doc: 'Gives the last part of a path.',
    params: [param('path', STRING, 'A path with slashes.')],
    returns: STRING,
    call: (args) => good(str(baseOf(textAt(args, 0)))),
  },
  {
    name: 'dirname',
    doc: 'Gives a path without its last part.',
    params: [param('path', STRING, 'A path with slashes.')],
    returns: STRING,
    call: (args) => good(str(directoryOf(textAt(args, 0)))),
  },
  {
    name: 'homedir',
    doc: 'Gives the home directory of the user.',
    params: [],
    returns: STRING,
    call: (_args, world) => good(str(world.homeDir)),
  },
]

function baseOf(path: string): string {
  if (path === '') return '.'
  const last = path
    .split('/')
    .filter((part) => part !== '')
    .at(-1)
  return last ?? '/'
}

function directoryOf(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1))
}
