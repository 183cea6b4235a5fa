import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnostic } from '../../../src/core/diag/diagnostic.ts'
import { renderDiagnosticJson } from '../../../src/core/diag/render-json.ts'
import { renderReferenceExcerpt, renderReferenceLine } from '../../../src/core/diag/render-reference.ts'
import { renderDiagnostic } from '../../../src/core/diag/render-text.ts'
import { FileTable } from '../../../src/core/source/file-table.ts'
import { spanOf } from '../../../src/core/source/source-file.ts'

const test = suite('core/diag/render')

/** A table with one file and a diagnostic at the first occurrence of `mark`. */
function sample(text: string, mark: string, parts: Partial<Diagnostic> = {}): [Diagnostic, FileTable] {
  const files = new FileTable()
  const file = files.add('docker-bake.hcl', text)
  const start = text.indexOf(mark)
  const subject = spanOf(file.id, start, start + mark.length)
  return [
    {
      severity: 'error',
      code: 'graph/unknown-target',
      summary: 'no target called "wroker"',
      subject,
      ...parts,
    },
    files,
  ]
}

test('shows place, excerpt, carets, notes and hints', () => {
  const text = '\ngroup "default" {\n  targets = ["api", "wroker"]\n}\ntarget "worker" {}\n'
  const [one, files] = sample(text, 'wroker', {
    detail: 'Groups name targets or other groups.',
    hints: ['did you mean "worker"?'],
    values: [{ name: 'X', text: '"a"' }],
  })
  const at = text.indexOf('"worker"')
  const related = [
    {
      span: spanOf(files.all()[0]?.id ?? one.subject?.file ?? (0 as never), at, at + 8),
      label: 'the closest name is defined here',
    },
  ]
  assert.is(
    renderDiagnostic({ ...one, related }, files),
    [
      'error[graph/unknown-target]: no target called "wroker"',
      '  --> docker-bake.hcl:3:22',
      '   |',
      ' 2 | group "default" {',
      ' 3 |   targets = ["api", "wroker"]',
      '   |                      ^^^^^^',
      ' 4 | }',
      '  Groups name targets or other groups.',
      '  X = "a"',
      'note: the closest name is defined here',
      '  --> docker-bake.hcl:5:8',
      'hint: did you mean "worker"?',
    ].join('\n'),
  )
})

const carets = [
  { name: 'tabs are mirrored', text: '\ta = x', mark: 'x', line: '   | \t    ^' },
  { name: 'wide characters take two cells', text: 'a = "日本" + x', mark: 'x', line: '   |              ^' },
  { name: 'a wide subject gets wide carets', text: 'a = 日本', mark: '日本', line: '   |     ^^^^' },
  { name: 'an empty subject gets one caret', text: 'a = ', mark: '', line: '   | ^' },
]
for (const c of carets) {
  test(c.name, () => {
    const [one, files] = sample(c.text, c.mark)
    assert.is(renderDiagnostic(one, files).split('\n')[4], c.line)
  })
}

test('a subject over several lines is marked on its first and shown in part', () => {
  const [one, files] = sample('a = [\n1,\n2,\n3,\n4,\n5]\n', '[\n1,\n2,\n3,\n4,\n5]')
  assert.equal(renderDiagnostic(one, files).split('\n').slice(2), [
    '   |',
    ' 1 | a = [',
    '   |     ^',
    ' 2 | 1,',
    ' 3 | 2,',
    ' 4 | 3,',
    '... |',
  ])
})

test('long lines are cut around the subject', () => {
  const [one, files] = sample(`${'a'.repeat(500)}X${'b'.repeat(500)}`, 'X')
  const rows = renderDiagnostic(one, files).split('\n')
  assert.ok((rows[3] ?? '').length < 180)
  assert.is(rows[4]?.indexOf('^'), rows[3]?.indexOf('X'))
})

test('control characters lose their power, colours appear only when asked for', () => {
  const [one, files] = sample('a = "\x1b[31m"', 'a', { severity: 'warning' })
  assert.not.match(renderDiagnostic(one, files), '\x1b')
  assert.match(
    renderDiagnostic(one, files, { color: true }),
    '\x1b[1;33mwarning[graph/unknown-target]\x1b[0m',
  )
})

test('the JSON form resolves places', () => {
  const [one, files] = sample('é = x', 'x', { hints: ['h'] })
  assert.equal(renderDiagnosticJson(one, files), {
    severity: 'error',
    code: 'graph/unknown-target',
    summary: 'no target called "wroker"',
    subject: {
      file: 'docker-bake.hcl',
      start: { line: 1, column: 5, offset: 4 },
      end: { line: 1, column: 6, offset: 5 },
    },
    hints: ['h'],
  })
})

const rule = '-'.repeat(20)
const references = [
  {
    name: 'two lines on each side of one line',
    text: '# 1\n# 2\ntarget "default" {\n tags=[x]\n}\n# a\n# b\n',
    mark: 'x',
    excerpt: [
      'docker-bake.hcl:4',
      rule,
      '   2 |     # 2',
      '   3 |     target "default" {',
      '   4 | >>>  tags=[x]',
      '   5 |     }',
      '   6 |     # a',
      rule,
    ],
    place: '4,8-9',
  },
  {
    name: 'a short file ends with its empty line',
    text: 'target "a.b" {}\n',
    mark: '"a.b"',
    excerpt: ['docker-bake.hcl:1', rule, '   1 | >>> target "a.b" {}', '   2 |     ', rule],
    place: '1,8-13',
  },
  {
    name: 'one line on each side of several',
    text: 'target "default" {\n tags=["a\nb"]\n}\n',
    mark: '\nb',
    excerpt: [
      'docker-bake.hcl:2',
      rule,
      '   1 |     target "default" {',
      '   2 | >>>  tags=["a',
      '   3 | >>> b"]',
      '   4 |     }',
      rule,
    ],
    place: '2,10-3,2',
  },
]
for (const c of references) {
  test(`like the reference: ${c.name}`, () => {
    const [one, files] = sample(c.text, c.mark, {
      summary: 'Unknown variable',
      detail: 'There is no variable named "x".',
    })
    assert.equal(renderReferenceExcerpt([one], files)?.split('\n'), c.excerpt)
    const line = `ERROR: docker-bake.hcl:${c.place}: Unknown variable; There is no variable named "x".`
    assert.is(renderReferenceLine([one], files), line)
    assert.is(
      renderReferenceLine([one, one, { ...one, severity: 'warning' }], files),
      `${line}, and 1 other diagnostic(s)`,
    )
  })
}

test('without a place the reference line is the summary', () => {
  const one: Diagnostic = {
    severity: 'error',
    code: 'graph/x',
    summary: 'failed to find target x',
    detail: 'More.',
  }
  assert.is(renderReferenceLine([one], new FileTable()), 'ERROR: failed to find target x')
})

test('a narrow terminal gets less of a long line, and the carets stay below the subject', () => {
  const files = new FileTable()
  const text = `tags = [${'"abc", '.repeat(30)}nope, ${'"abc", '.repeat(30)}]`
  const file = files.add('a.hcl', text)
  const start = text.indexOf('nope')
  const one: Diagnostic = {
    severity: 'error',
    code: 'eval/unknown-variable',
    summary: 'x',
    subject: { file: file.id, start, end: start + 4 },
  }
  for (const columns of [10, 40, 80, 500]) {
    const [, , , line = '', marks = ''] = renderDiagnostic(one, files, { columns }).split('\n')
    assert.ok(line.length <= Math.max(columns, 40), `${line.length} cells for ${columns}`)
    assert.is(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), 'nope')
  }
})

test.run()
