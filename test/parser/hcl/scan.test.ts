import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type ScanMode, scan } from '../../../src/parser/hcl/scan.ts'
import { K, type TokenKind } from '../../../src/parser/hcl/tokens.ts'

const NAMES = new Map<number, string>(Object.entries(K).map(([name, kind]) => [kind, name]))

/** Tokens as `Kind` or `Kind text`, the end of the file left out. */
function tokensOf(text: string, mode: ScanMode = 'body'): readonly string[] {
  const found = scan(text, mode)
  const rows: string[] = []
  for (let i = 0; i < found.count - 1; i++) {
    rows.push(`${NAMES.get(found.kinds[i] as TokenKind)} ${text.slice(found.starts[i], found.ends[i])}`)
  }
  return rows
}

const cases: readonly (readonly [text: string, want: readonly string[]])[] = [
  ['a-b é_1', ['Identifier a-b', 'Identifier é_1']],
  ['𝒳1', ['Identifier 𝒳1']],
  [
    '1.5e-3 1.2.3 1. 1...',
    ['Number 1.5e-3', 'Number 1.2.3', 'Number 1', 'Dot .', 'Number 1', 'Ellipsis ...'],
  ],
  ['0x10 1_0', ['Number 0', 'Identifier x10', 'Number 1', 'Identifier _0']],
  ['1e 1e+', ['Number 1', 'Identifier e', 'Number 1', 'Identifier e', 'Plus +']],
  [
    '=> == = >= => ::',
    ['FatArrow =>', 'EqualEqual ==', 'Equal =', 'GreaterEqual >=', 'FatArrow =>', 'DoubleColon ::'],
  ],
  ['# c\n// d', ['Comment # c\n', 'Comment // d']],
  ['/* a\n */ b', ['Comment /* a\n */', 'Identifier b']],
  ['/* a', ['Slash /', 'Star *', 'Identifier a']],
  [
    '"a${b}c"',
    [
      'OpenQuote "',
      'QuotedText a',
      'Interpolation ${',
      'Identifier b',
      'TemplateEnd }',
      'QuotedText c',
      'CloseQuote "',
    ],
  ],
  [
    '"${~ {} ~}"',
    ['OpenQuote "', 'Interpolation ${~', 'OpenBrace {', 'CloseBrace }', 'TemplateEnd ~}', 'CloseQuote "'],
  ],
  ['"$${a} %%{b} $ $$"', ['OpenQuote "', 'QuotedText $${a} %%{b} $ $$', 'CloseQuote "']],
  ['"\\"\\${"', ['OpenQuote "', 'QuotedText \\"\\${', 'CloseQuote "']],
  ['"a\n\nb"', ['OpenQuote "', 'QuotedText a', 'QuotedNewline \n\n', 'QuotedText b', 'CloseQuote "']],
  ['<<A\nx\n A\n', ['OpenHeredoc <<A\n', 'PlainText x\n', 'CloseHeredoc  A', 'Newline \n']],
  ['<<-A\r\nx\r\nA\r\n', ['OpenHeredoc <<-A\r\n', 'PlainText x\r\n', 'CloseHeredoc A', 'Newline \r\n']],
  [
    '<<A\n${x}A\nA\n',
    [
      'OpenHeredoc <<A\n',
      'Interpolation ${',
      'Identifier x',
      'TemplateEnd }',
      'PlainText A\n',
      'CloseHeredoc A',
      'Newline \n',
    ],
  ],
  ['<<A\nA', ['OpenHeredoc <<A\n', 'PlainText A']],
  ['<< A\n', ['Less <', 'Less <', 'Identifier A', 'Newline \n']],
  ['\ufeffa', ['Identifier a']],
  ['a\tb\r\n', ['Identifier a', 'Identifier b', 'Newline \r\n']],
  ['a\rb', ['Identifier a', 'Invalid \r', 'Identifier b']],
  ['@ \ufffd 😀', ['Invalid @', 'BadEncoding \ufffd', 'Invalid 😀']],
]
const test = suite('parser/hcl/scan')
for (const [text, want] of cases) test(JSON.stringify(text), () => assert.equal(tokensOf(text), want))

test('a template without quotes is text and sequences, its quotes and backslashes mean nothing', () => {
  const want = [
    'PlainText a"\\\n',
    'PlainText b',
    'Interpolation ${',
    'Identifier c',
    'TemplateEnd }',
    'PlainText $',
  ]
  assert.equal(tokensOf('a"\\\nb${c}$', 'template'), want)
})
test.run()
