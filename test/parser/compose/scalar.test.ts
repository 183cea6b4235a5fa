import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { scalarText } from '../../../src/parser/compose/node.ts'
import { resolvePlain } from '../../../src/parser/compose/scalar.ts'
import { resolveTagged } from '../../../src/parser/compose/tagged-scalar.ts'

const test = suite('parser/compose/scalar')

const plain: readonly (readonly [text: string, type: string, shown: string | undefined])[] = [
  ['', 'null', undefined],
  ['~', 'null', undefined],
  ['NULL', 'null', undefined],
  ['nULL', 'string', 'nULL'],
  ['true', 'bool', 'true'],
  ['yes', 'string', 'yes'],
  ['0', 'int', '0'],
  ['-0', 'float', '-0'],
  ['+5', 'int', '5'],
  ['0x1F', 'int', '31'],
  ['0b101', 'int', '5'],
  ['0o17', 'int', '15'],
  ['0777', 'int', '511'],
  ['08', 'float', '8'],
  ['1_000', 'int', '1000'],
  ['18446744073709551615', 'int', '18446744073709551615'],
  ['18446744073709551616', 'float', '1.8446744073709552e+19'],
  ['1.50', 'float', '1.5'],
  ['1e3', 'float', '1000'],
  ['1e6', 'float', '1e+06'],
  ['1234567.5', 'float', '1.2345675e+06'],
  ['0.0001', 'float', '0.0001'],
  ['0.00001', 'float', '1e-05'],
  ['.5', 'float', '0.5'],
  ['1e400', 'string', '1e400'],
  ['.inf', 'float', '+Inf'],
  ['-.INF', 'float', '-Inf'],
  ['.NaN', 'float', 'NaN'],
  ['1.2.3', 'string', '1.2.3'],
  ['12:30', 'string', '12:30'],
  ['1-2', 'string', '1-2'],
  ['2024-01-02', 'time', '2024-01-02 00:00:00 +0000 UTC'],
  ['2024-1-2 3:4:5.60', 'time', '2024-01-02 03:04:05.6 +0000 UTC'],
  ['2024-01-02T03:04:05+02:00', 'time', '2024-01-02 03:04:05 +0200 +0200'],
  ['2024-02-30', 'string', '2024-02-30'],
  ['2023-02-29', 'string', '2023-02-29'],
  ['2024-02-29', 'time', '2024-02-29 00:00:00 +0000 UTC'],
]

for (const [text, type, shown] of plain) {
  test(`plain ${JSON.stringify(text)} is ${type}`, () => {
    const value = resolvePlain(text)
    assert.is(value.type, type)
    assert.is(scalarText({ kind: 'scalar', value, span: { file: 0 as never, start: 0, end: 0 } }), shown)
  })
}

const tagged: readonly (readonly [tag: string, text: string, want: unknown])[] = [
  ['tag:yaml.org,2002:str', '5', { type: 'string', text: '5' }],
  ['tag:yaml.org,2002:int', '5', { type: 'int', value: 5n }],
  ['tag:yaml.org,2002:float', '5', { type: 'float', value: 5 }],
  ['tag:yaml.org,2002:int', 'a', 'cannot construct !!str `a` as a !!int'],
  ['tag:yaml.org,2002:binary', 'aGk=', { type: 'string', text: 'hi' }],
  ['tag:yaml.org,2002:binary', 'a', '!!binary value contains invalid base64 data'],
  ['!mine', '5', { type: 'string', text: '5' }],
]

for (const [tag, text, want] of tagged) {
  test(`${tag} of ${text}`, () => assert.equal(resolveTagged(tag, text), want))
}

test.run()
