import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type FlagRow, parseFlags } from '../../src/cli/flags.ts'

const rows: readonly FlagRow[] = [
  { long: 'file', short: 'f', kind: 'array', doc: '' },
  { long: 'set', kind: 'array', doc: '' },
  { long: 'print', kind: 'bool', doc: '' },
  { long: 'all', short: 'a', kind: 'bool', doc: '' },
  { long: 'builder', kind: 'string', doc: '' },
  { long: 'fields', kind: 'slice', doc: '' },
]
const test = suite('cli/flags')

const read = [
  { args: ['-f', 'a.hcl', '--file=b.hcl', '-fc.hcl'], list: ['file', ['a.hcl', 'b.hcl', 'c.hcl']] },
  { args: ['--set', 'a.tags=x,y'], list: ['set', ['a.tags=x,y']] },
  { args: ['--fields', 'a,b', '--fields=c'], list: ['fields', ['a', 'b', 'c']] },
] as const
for (const c of read) {
  test(`${c.args.join(' ')} gives ${c.list[1].join(' ')}`, () => {
    const parsed = parseFlags(c.args, rows)
    assert.ok(parsed.ok)
    if (parsed.ok) assert.equal(parsed.value.lists.get(c.list[0]), [...c.list[1]])
  })
}

test('flags and positionals interleave, and -- ends flags', () => {
  const parsed = parseFlags(['one', '--print', 'two', '-af', 'x', '--', '--builder'], rows)
  assert.ok(parsed.ok)
  if (!parsed.ok) return
  assert.equal(parsed.value.positionals, ['one', 'two', '--builder'])
  assert.is(parsed.value.bools.get('print'), true)
  assert.is(parsed.value.bools.get('all'), true)
  assert.equal(parsed.value.lists.get('file'), ['x'])
})

test('a boolean takes a value after the equals sign only', () => {
  const parsed = parseFlags(['--print=false', '--all', 'false'], rows)
  assert.ok(parsed.ok)
  if (!parsed.ok) return
  assert.is(parsed.value.bools.get('print'), false)
  assert.is(parsed.value.bools.get('all'), true)
  assert.equal(parsed.value.positionals, ['false'])
})

const refused = [
  { args: ['--nosuch'], want: 'unknown flag: --nosuch' },
  { args: ['-z'], want: "unknown shorthand flag: 'z' in -z" },
  { args: ['--builder'], want: 'flag needs an argument: --builder' },
  { args: ['-f'], want: "flag needs an argument: 'f' in -f" },
  {
    args: ['--print=maybe'],
    want: 'invalid argument "maybe" for "--print" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
  },
] as const
for (const c of refused) {
  test(`${c.args.join(' ')} is refused`, () => {
    const parsed = parseFlags(c.args, rows)
    assert.is(parsed.ok, false)
    if (!parsed.ok) assert.is(parsed.message, c.want)
  })
}

test.run()
