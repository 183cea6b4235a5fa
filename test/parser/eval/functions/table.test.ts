import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FUNCTION_NAMES, LIBRARY } from '../../../../src/parser/eval/functions/table.ts'

const test = suite('parser/eval/functions/table')

test('the library has as many functions as the specification lists', () => {
  assert.is(LIBRARY.size, 106)
})

test('names are sorted and lead to their own record', () => {
  assert.equal(FUNCTION_NAMES, [...FUNCTION_NAMES].sort())
  for (const name of FUNCTION_NAMES) assert.is(LIBRARY.get(name)?.name, name)
})

test('every function and parameter is documented', () => {
  for (const { name, doc, params, variadic } of LIBRARY.values()) {
    assert.match(doc, /^[A-Z].*\.$/, name)
    for (const param of [...params, ...(variadic === undefined ? [] : [variadic])]) {
      assert.match(param.doc ?? '', /^[A-Z].*\.$/, `${name} ${param.name}`)
    }
  }
})

test.run()
