import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FileTable } from '../../../src/core/source/file-table.ts'
import { lineIndex } from '../../../src/core/source/line-index.ts'
import { graphemeCount, graphemes } from '../../../src/core/text/grapheme.ts'
import { displayWidth } from '../../../src/core/text/width.ts'

const test = suite('core/source/line-index')

const cases = [
  { name: 'the start', text: 'ab\ncd', offset: 0, want: [1, 1, 1] },
  { name: 'the line ending belongs to its line', text: 'ab\ncd', offset: 2, want: [1, 3, 3] },
  { name: 'the second line', text: 'ab\ncd', offset: 4, want: [2, 2, 2] },
  { name: 'the empty line at the end', text: 'ab\n', offset: 3, want: [2, 1, 1] },
  { name: 'beyond the end', text: 'ab', offset: 99, want: [1, 3, 3] },
  { name: 'behind an emoji family', text: '👨‍👩‍👧x', offset: 8, want: [1, 2, 6] },
  { name: 'behind a combining mark', text: 'e\u0301x', offset: 2, want: [1, 2, 3] },
] as const
for (const c of cases) {
  test(c.name, () => {
    const { line, column, codePointColumn } = lineIndex(c.text).position(c.offset)
    assert.equal([line, column, codePointColumn], c.want)
  })
}

test('in JSON tabs count two columns, code points stay as they are', () => {
  const files = new FileTable()
  const place = (name: string): readonly number[] => {
    const { line, column, codePointColumn } = files.lines(files.add(name, '{\n\t\t"a"').id).position(4)
    return [line, column, codePointColumn]
  }
  assert.equal(place('x.json'), [2, 5, 3])
  assert.equal(place('x.hcl'), [2, 3, 3])
})

test('lines come without their endings', () => {
  const lines = lineIndex('a\r\nb\n')
  assert.is(lines.lineCount, 3)
  assert.equal(
    [0, 1, 2, 3, 4].map((n) => lines.lineText(n)),
    ['', 'a', 'b', '', ''],
  )
})

test('graphemes are what people count', () => {
  assert.equal(graphemes('ae\u0301👍🏽'), ['a', 'e\u0301', '👍🏽'])
  assert.is(graphemeCount('a\r\nb'), 3)
  assert.is(graphemeCount('plain'), 5)
})

test('width counts terminal cells', () => {
  assert.equal(['ab', '日本', '😀', 'é', 'e\u0301', '\u200b'].map(displayWidth), [2, 4, 2, 1, 1, 0])
})

test('a file table hands out ids in order', () => {
  const files = new FileTable()
  const first = files.add('a', 'x\ny')
  const second = files.add('b', '')
  assert.equal([first.id, second.id], [0, 1])
  assert.is(files.get(second.id), second)
  assert.is(files.lines(first.id).lineText(2), 'y')
  assert.equal(
    files.all().map((file) => file.name),
    ['a', 'b'],
  )
})

test.run()
