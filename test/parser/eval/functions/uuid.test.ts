import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['uuidv5("dns","example.com")', '"cfbff0d1-9375-5685-968c-48ce8b15ae17"'],
  ['uuidv5("url","https://example.com")', '"4fd35a71-71ef-5a55-a9d9-aa75c889a6d0"'],
  ['uuidv5("oid","1.2.3")', '"42d5e23b-3a02-5135-85c6-52d1102f1f00"'],
  ['uuidv5("x500","cn=x")', '"a951fb6d-5aab-5a72-8e2e-9aa8df8d1f8f"'],
  ['uuidv5("6ba7b810-9dad-11d1-80b4-00c04fd430c8","x")', '"05b16a01-46c6-56dd-bd6e-c6dfb4a1427a"'],
  ['uuidv5("{6ba7b810-9dad-11d1-80b4-00c04fd430c8}","x")', '"05b16a01-46c6-56dd-bd6e-c6dfb4a1427a"'],
  ['uuidv5("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8","x")', '"05b16a01-46c6-56dd-bd6e-c6dfb4a1427a"'],
  [
    'uuidv5("urx:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8","x")',
    'error: Error in function call; Call to function "uuidv5" failed: uuidv5() doesn\'t support namespace urx:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8 (invalid urn prefix: "urx:uuid:").',
  ],
  ['uuidv5("6ba7b8109dad11d180b400c04fd430c8","x")', '"05b16a01-46c6-56dd-bd6e-c6dfb4a1427a"'],
  [
    'uuidv5("6ba7b8109dad11d180b400c04fd430cz","x")',
    'error: Error in function call; Call to function "uuidv5" failed: uuidv5() doesn\'t support namespace 6ba7b8109dad11d180b400c04fd430cz (invalid UUID format).',
  ],
  [
    'uuidv5("6ba7b810-9dad-11d1-80b4-00c04fd430cz","x")',
    'error: Error in function call; Call to function "uuidv5" failed: uuidv5() doesn\'t support namespace 6ba7b810-9dad-11d1-80b4-00c04fd430cz (invalid UUID format).',
  ],
  [
    'uuidv5("6ba7b810x9dad-11d1-80b4-00c04fd430c8","x")',
    'error: Error in function call; Call to function "uuidv5" failed: uuidv5() doesn\'t support namespace 6ba7b810x9dad-11d1-80b4-00c04fd430c8 (invalid UUID format).',
  ],
  [
    'uuidv5("x","y")',
    'error: Error in function call; Call to function "uuidv5" failed: uuidv5() doesn\'t support namespace x (invalid UUID length: 1).',
  ],
  ['uuidv5("dns","é")', '"ebfe0af8-3997-5ade-b634-ba92cf69f557"'],
  ['strlen(uuidv4())', '36'],
  ['uuidv4()', '"07070707-0707-4707-8707-070707070707"'],
]

callSuite('parser/eval/functions/uuid', cases).run()
