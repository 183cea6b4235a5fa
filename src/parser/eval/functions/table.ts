import type { FunctionSpec } from '../../scope.ts'
import { ARITHMETIC } from './arithmetic.ts'
import { BYTE_BUFFERS } from './bytes.ts'
import { COLLECTION_BUILDERS } from './collections-build.ts'
import { COLLECTION_ORDER } from './collections-order.ts'
import { COLLECTION_READERS } from './collections-read.ts'
import { COMPARISON } from './comparison.ts'
import { CRYPTO } from './crypto.ts'
import { ENCODING } from './encoding.ts'
import { EXPONENTIALS } from './exp.ts'
import { FORMATTING } from './format.ts'
import { LAZY } from './lazy.ts'
import { NETWORK } from './network.ts'
import { PATHS } from './paths.ts'
import { REGEX } from './regex.ts'
import { SEMVER } from './semver.ts'
import { SETS } from './sets.ts'
import { STRINGS } from './strings.ts'
import { TEXT_LISTS } from './text-lists.ts'
import { TIME } from './time.ts'
import { UUID } from './uuid.ts'

const FAMILIES = [
  ARITHMETIC,
  BYTE_BUFFERS,
  COLLECTION_BUILDERS,
  COLLECTION_ORDER,
  COLLECTION_READERS,
  COMPARISON,
  CRYPTO,
  ENCODING,
  EXPONENTIALS,
  FORMATTING,
  LAZY,
  NETWORK,
  PATHS,
  REGEX,
  SEMVER,
  SETS,
  STRINGS,
  TEXT_LISTS,
  TIME,
  UUID,
]

/** The function library of the Bake language (spec bake 3.7), by name. */
export const LIBRARY: ReadonlyMap<string, FunctionSpec> = new Map(
  FAMILIES.flat().map((record) => [record.name, record]),
)

/** The names of all library functions, sorted. */
export const FUNCTION_NAMES: readonly string[] = [...LIBRARY.keys()].sort()
