import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { renderCalls } from '../../src/progress/call-report.ts'
import { planOf } from '../request/sample.ts'

const test = suite('progress/call-report')

const plan = planOf({
  a: { fields: { call: 'outline', description: 'the a' } },
  b: { fields: { call: 'check', dockerfileInline: 'from x' } },
  c: { fields: {} },
})
const lint = { warnings: [{ ruleName: 'R' }], sources: [] }
const answers = new Map([
  ['a', { 'result.txt': 'TARGET: x\n', 'result.json': '{"name":"x"}', 'result.statuscode': '0' }],
  [
    'b',
    {
      'result.txt': '\nWARNING: R\nDockerfile:1\n',
      'result.json': JSON.stringify(lint),
      'result.statuscode': '1',
    },
  ],
  ['c', {}],
])

test('texts stand behind the names and descriptions of their targets', () => {
  const report = renderCalls(plan, answers, { format: 'text', ignoreStatus: false })
  assert.is(
    report.text,
    'a\nthe a\n\nTARGET: x\n\nb\n\nCheck complete, 1 warning has been found!\n\nWARNING: R\ninline:1\n',
  )
  assert.is(report.status, 1)
})

test('the status can be ignored', () => {
  assert.is(renderCalls(plan, answers, { format: 'text', ignoreStatus: true }).status, 0)
})

test('JSON holds the definition and the answer, lint under check', () => {
  const { text } = renderCalls(plan, answers, { format: 'json', ignoreStatus: false })
  const { target } = JSON.parse(text)
  assert.equal(target.a.outline, { name: 'x' })
  assert.equal(Object.keys(target.b), ['build', 'check'])
  assert.equal(Object.keys(target.b.check), ['sources', 'warnings'])
  assert.equal(Object.keys(target.c), ['build'])
})

const broken = {
  buildError: {
    message: 'line 2: unknown',
    location: { ranges: [{ start: { line: 2 }, end: { line: 2 } }] },
  },
  sources: [{ filename: 'Dockerfile', data: Buffer.from('FROM x\nCOPPY\n').toString('base64') }],
}
const place = `inline:2\n${'-'.repeat(20)}\n   1 |     FROM x\n   2 | >>> COPPY\n   3 |     \n${'-'.repeat(20)}\n`
for (const warnings of [null, [{ ruleName: 'R' }]]) {
  const found = warnings === null ? 'no warning' : 'warnings'
  test(`a check that broke off with ${found} shows where, and fails even when the status is ignored`, () => {
    const answer = {
      'result.txt': warnings === null ? '' : '\nWARNING: R\n',
      'result.json': JSON.stringify({ ...broken, warnings }),
    }
    const inline = planOf({ b: { fields: { call: 'lint', dockerfileInline: 'x' } } })
    const options = { ignoreStatus: true } as const
    const report = renderCalls(inline, new Map([['b', answer]]), { ...options, format: 'text' })
    const before = warnings === null ? '' : 'Check complete, 1 warning has been found!\n\nWARNING: R\n\n'
    assert.is(report.text, `b\n\n${before}error: line 2: unknown\n${place}\n`)
    assert.is(report.status, 1)
    const { text } = renderCalls(inline, new Map([['b', answer]]), { ...options, format: 'json' })
    assert.is(JSON.parse(text).target.b.check.error, `line 2: unknown\n${place}`)
  })
}

test('a check without warnings says so', () => {
  const { text } = renderCalls(
    planOf({ b: { fields: { call: 'lint' } } }),
    new Map([['b', { 'result.json': '{"warnings":null}' }]]),
    {
      format: 'text',
      ignoreStatus: false,
    },
  )
  assert.is(text, 'b\n\nCheck complete, no warnings found.\n')
})

test.run()
