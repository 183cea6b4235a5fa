import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reportDiagnostics } from '../../src/cli/report.ts'
import type { Diagnostic } from '../../src/core/diag/diagnostic.ts'
import { FileTable } from '../../src/core/source/file-table.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'

const test = suite('cli/report')

const table = new FileTable()
const file = table.add('a.hcl', Array.from({ length: 80 }, (_, i) => `x${i} = y${i}\n`).join(''))

function mistake(line: number, more: Partial<Diagnostic> = {}): Diagnostic {
  const start = table.lines(file.id).lineStart(line)
  const subject = { file: file.id, start, end: start + 2 }
  return { severity: 'error', code: 'eval/unknown-variable', summary: `no ${line}`, subject, ...more }
}

function report(diagnostics: readonly Diagnostic[], format: 'text' | 'json' = 'text'): [boolean, string] {
  const host = createMemoryHost()
  const stops = reportDiagnostics(diagnostics, table, host, format)
  return [stops, host.stderrText()]
}

test('nothing is said about nothing', () => assert.equal(report([]), [false, '']))

test('warnings are shown and stop nothing', () => {
  const [stops, text] = report([mistake(1, { severity: 'warning' })])
  assert.is(stops, false)
  assert.ok(text.startsWith('warning[eval/unknown-variable]: no 1\n  --> a.hcl:1:1\n'))
  assert.not.match(text, 'ERROR')
})

test('the first mistake given leads, the others follow by place, and the last line is the first one', () => {
  const [stops, text] = report([mistake(7), mistake(9), mistake(2)])
  assert.is(stops, true)
  assert.equal(
    [...text.matchAll(/no (\d+)\n/g)].map((m) => m[1]),
    ['7', '2', '9'],
  )
  assert.ok(text.endsWith('\n\nERROR: a.hcl:7,1-3: no 7, and 2 other diagnostic(s)\n'))
})

test('one mistake is told once', () => {
  const [, text] = report([mistake(3), mistake(3)])
  assert.is(text.split('error[').length, 2)
})

test('what only follows from another mistake is counted and not shown', () => {
  const [, text] = report([mistake(1), mistake(2, { standing: 'follow-up' })])
  assert.not.match(text, 'no 2')
  assert.match(text, 'and 1 other diagnostic(s)')
})

test('a follow-up alone is shown', () => {
  const [, text] = report([mistake(2, { standing: 'follow-up' })])
  assert.match(text, 'error[eval/unknown-variable]: no 2')
})

test('what the reference does not find is shown and not counted', () => {
  const [, text] = report([mistake(1), mistake(2, { standing: 'beyond' })])
  assert.match(text, 'no 2')
  assert.not.match(text, 'other diagnostic')
})

test('a broken definition does not fill the screen', () => {
  const [, text] = report(Array.from({ length: 60 }, (_, i) => mistake(i + 1)))
  assert.is(text.split('error[').length - 1, 50)
  assert.match(text, '\n10 more of these are not shown\n')
  assert.match(text, 'and 59 other diagnostic(s)')
})

test('of too many, warnings are left out first', () => {
  const warnings = Array.from({ length: 60 }, (_, i) => mistake(i + 1, { severity: 'warning' }))
  const [, text] = report([...warnings, mistake(70)])
  assert.ok(text.startsWith('error[eval/unknown-variable]: no 70\n'))
  assert.is(text.split('warning[').length - 1, 49)
})

test('with rawjson each one is a line of JSON', () => {
  const [, text] = report([mistake(1), mistake(2, { severity: 'warning' })], 'json')
  const lines = text.trim().split('\n')
  assert.equal(
    lines.slice(0, 2).map((line) => JSON.parse(line).severity),
    ['error', 'warning'],
  )
  assert.is(lines[2], 'ERROR: a.hcl:1,1-3: no 1')
})

test('colours are for terminals that want them', () => {
  const host = createMemoryHost()
  Object.assign(host.stderr, { isTTY: true })
  reportDiagnostics([mistake(1)], table, host, 'text')
  assert.match(host.stderrText(), '\x1b[1;31merror[')
  const plain = createMemoryHost({ env: { NO_COLOR: '1' } })
  Object.assign(plain.stderr, { isTTY: true })
  reportDiagnostics([mistake(1)], table, plain, 'text')
  assert.not.match(plain.stderrText(), '\x1b')
})

test.run()
