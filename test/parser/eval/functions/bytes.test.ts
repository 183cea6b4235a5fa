import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  [
    'byteslen("a")',
    'error: Invalid function argument; Invalid value for "buf" parameter: bytes required, but have string.',
  ],
  [
    'bytesslice("a",0,1)',
    'error: Invalid function argument; Invalid value for "buf" parameter: bytes required, but have string.',
  ],
]

callSuite('parser/eval/functions/bytes', cases).run()
