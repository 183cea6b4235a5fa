import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['semvercmp("1.2.3","1.2.3")', 'true'],
  ['semvercmp("v1.2.3",">= 1.2, < 2")', 'true'],
  ['semvercmp("1.2","^1.0")', 'true'],
  ['semvercmp("2.0.0","^1.0")', 'false'],
  ['semvercmp("0.2.5","^0.2.3")', 'true'],
  ['semvercmp("0.3.0","^0.2.3")', 'false'],
  ['semvercmp("0.0.3","^0.0.3")', 'true'],
  ['semvercmp("0.0.4","^0.0.3")', 'false'],
  ['semvercmp("0.0.9","^0.0")', 'true'],
  ['semvercmp("0.9.0","^0")', 'true'],
  ['semvercmp("1.2.9","~1.2.3")', 'true'],
  ['semvercmp("1.3.0","~1.2.3")', 'false'],
  ['semvercmp("1.9.0","~1")', 'true'],
  ['semvercmp("1.2.9","~>1.2")', 'true'],
  ['semvercmp("1.2.3","1.x")', 'true'],
  ['semvercmp("2.2.3","1.x")', 'false'],
  ['semvercmp("1.2.3","*")', 'true'],
  ['semvercmp("3.0.0","1 || 3")', 'true'],
  ['semvercmp("1.5.0","1.2 - 1.6")', 'true'],
  ['semvercmp("1.7.0","1.2 - 1.6")', 'false'],
  ['semvercmp("1.6.9","1.2 - 1.6")', 'true'],
  ['semvercmp("1.2.3","!=1.2.3")', 'false'],
  ['semvercmp("1.2.4","!=1.2.x")', 'false'],
  ['semvercmp("1.3.4","!=1.2.x")', 'true'],
  ['semvercmp("11.1.0",">11")', 'false'],
  ['semvercmp("12.0.0",">11")', 'true'],
  ['semvercmp("11.2.0",">11.1")', 'true'],
  ['semvercmp("11.1.5",">11.1")', 'false'],
  ['semvercmp("11.9.0","<=11")', 'true'],
  ['semvercmp("11.1.9","<=11.1")', 'true'],
  ['semvercmp("11.2.0","<=11.1")', 'false'],
  ['semvercmp("1.2.3-beta",">=1.0")', 'false'],
  ['semvercmp("1.2.3-beta",">=1.0-0")', 'true'],
  ['semvercmp("1.2.3-beta.2",">1.2.3-beta.1")', 'true'],
  ['semvercmp("1.2.3-beta.11",">1.2.3-beta.2")', 'true'],
  ['semvercmp("1.2.3-alpha","<1.2.3-beta")', 'true'],
  ['semvercmp("1.2.3-1","<1.2.3-alpha")', 'true'],
  ['semvercmp("1.2.3+build","1.2.3")', 'true'],
  ['semvercmp("01.2.3","1.2.3")', 'true'],
  [
    'semvercmp("1.2.3-01","1.2.3")',
    'error: Error in function call; Call to function "semvercmp" failed: version segment starts with 0.',
  ],
  [
    'semvercmp("x","1.2.3")',
    'error: Error in function call; Call to function "semvercmp" failed: invalid semantic version.',
  ],
  [
    'semvercmp("","1")',
    'error: Error in function call; Call to function "semvercmp" failed: invalid semantic version.',
  ],
  [
    'semvercmp("1.2.3.4","1")',
    'error: Error in function call; Call to function "semvercmp" failed: invalid semantic version.',
  ],
  [
    'semvercmp("1.2.3","x.y")',
    'error: Error in function call; Call to function "semvercmp" failed: improper constraint: x.y.',
  ],
  [
    'semvercmp("1.2.3","")',
    'error: Error in function call; Call to function "semvercmp" failed: improper constraint: .',
  ],
  [
    'semvercmp("1.2.3","> ")',
    'error: Error in function call; Call to function "semvercmp" failed: improper constraint: > .',
  ],
  ['semvercmp("1.2.3",">=1 <2")', 'true'],
  [
    'semvercmp("1.2.3",">=1<2")',
    'error: Error in function call; Call to function "semvercmp" failed: improper constraint: >=1<2.',
  ],
  ['semvercmp("1.2.3","=>1.2, =<1.3")', 'true'],
  [
    'semvercmp("99999999999999999999.0.0","1")',
    'error: Error in function call; Call to function "semvercmp" failed: error parsing version segment: strconv.ParseUint: parsing "99999999999999999999": value out of range.',
  ],
]

callSuite('parser/eval/functions/semver', cases).run()
