import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readDotenv } from '../../../src/parser/compose/dotenv.ts'

const test = suite('parser/compose/dotenv')
const outer = new Map([['OUT', 'outer']])

function read(text: string): unknown {
  const out = new Map<string, string>()
  const result = readDotenv(text, { lookup: (name) => outer.get(name), unset: () => {}, out })
  return result.ok ? Object.fromEntries(out) : result.message
}

const cases: readonly (readonly [name: string, text: string, want: unknown])[] = [
  ['plain lines', 'A=1\nB = 2 \n\nC:3', { A: '1', B: '2', C: '3' }],
  ['comments', '# one\nA=1 # two\nB=1#three\n  # four', { A: '1', B: '1#three' }],
  ['export', 'export A=1\nexport\tB=2\nexported=3\n', { A: '1', B: '2', exported: '3' }],
  ['single quotes are literal', "A='$OUT \\n # x'\n", { A: '$OUT \\n # x' }],
  ['double quotes know escapes', 'A="a\\tb\\"c\\\\d\\$e\\q"\n', { A: 'a\tb"c\\d$e\\q' }],
  ['octal escapes', 'A="\\0101\\0400"\n', { A: 'A\\400' }],
  ['quotes over lines', 'A="one\ntwo"\nB=3\n', { A: 'one\ntwo', B: '3' }],
  ['earlier names', 'A=1\nB=${A}2\nC="$B 3"\n', { A: '1', B: '12', C: '12 3' }],
  ['the environment comes first', 'OUT=in\nA=$OUT\n', { OUT: 'in', A: 'outer' }],
  ['defaults', 'A=${X:-d}\n', { A: 'd' }],
  ['a bare name is inherited', 'OUT\nNOPE\nA=1\n', { OUT: 'outer', A: '1' }],
  ['windows line ends', 'A=1\r\nB="2"\r\n', { A: '1', B: '2' }],
  ['an empty value', 'A=\nB=""\n', { A: '', B: '' }],
  ['a space in a name', 'OK=1\nA B=1\n', 'line 2: key cannot contain a space'],
  ['a bad character', 'A%=1\n', 'line 1: unexpected character "%" in variable name "A%=1"'],
  ['an open quote', 'A="x\nB=1\n', 'line 3: unterminated quoted value "x'],
  ['a required variable', 'A=${X?need}\n', 'required variable X is missing a value: need'],
  ['a bad template', 'A=${\n', 'Invalid template: "${"'],
]

for (const [name, text, want] of cases) test(name, () => assert.equal(read(text), want))

test.run()
