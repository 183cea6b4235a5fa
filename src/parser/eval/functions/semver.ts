import { bool } from '../../../core/value/make.ts'
import { BOOL, STRING } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { type Family, param, textAt } from './define.ts'
import { parseConstraints, satisfies } from './semver-constraint.ts'
import { parseVersion } from './semver-version.ts'

/** Comparison of semantic versions (spec bake 3.7). */
export const SEMVER: Family = [
  {
    name: 'semvercmp',
    doc: 'Tells whether a version satisfies a constraint.',
    params: [
      param('version', STRING, 'A version such as "1.2.3" or "v1.2".'),
      // The misspelt name shows up in error texts of the reference.
      param('contraint', STRING, 'A constraint such as ">= 1.2, < 2 || ^3".'),
    ],
    returns: BOOL,
    call: callCompare,
  },
]

function callCompare(args: readonly Value[]): CallResult {
  const version = parseVersion(textAt(args, 0))
  if (!version.ok) return bad(version.message)
  const constraints = parseConstraints(textAt(args, 1))
  if (!constraints.ok) return bad(constraints.message)
  return good(bool(satisfies(version.version, constraints.groups)))
}
