import { createHash } from 'node:crypto'
import { fromBinary } from '@bufbuild/protobuf'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DefinitionSchema, type Op, OpSchema } from '../../../src/buildkit/gen/ops_pb.ts'
import { archiveDefinition, sourceDefinition } from '../../../src/buildkit/wire/source-definition.ts'
import type { Definition } from '../../../src/buildkit/wire/types.ts'

const test = suite('buildkit/wire/source-definition')

interface Step {
  readonly op: Op
  readonly digest: string
  readonly name: string | undefined
}

function decode(definition: Definition): readonly Step[] {
  const { def, metadata } = fromBinary(DefinitionSchema, definition)
  return def.map((bytes) => {
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
    return { op: fromBinary(OpSchema, bytes), digest, name: metadata[digest]?.description['llb.customname'] }
  })
}

test('a source is one step, and a last one that names it as the result', () => {
  const spec = { identifier: 'git://example.com/r.git#v1', attrs: { b: '2', a: '1' }, name: 'load it' }
  const [source, result, ...more] = decode(sourceDefinition(spec))
  assert.equal(more, [])
  assert.is(source?.name, 'load it')
  assert.is(source?.op.op.case, 'source')
  const value = source?.op.op.case === 'source' ? source.op.op.value : undefined
  assert.is(value?.identifier, 'git://example.com/r.git#v1')
  assert.equal(Object.entries(value?.attrs ?? {}), [
    ['a', '1'],
    ['b', '2'],
  ])
  assert.is(result?.op.op.case, undefined)
  assert.equal(
    result?.op.inputs.map((input) => [input.digest, input.index]),
    [[source?.digest, 0n]],
  )
})

const archives = [
  { name: 'all of an archive', dir: '.', copies: [['/context', true, false]] },
  {
    name: 'a directory of an archive',
    dir: 'sub',
    copies: [
      ['/context', true, false],
      ['/sub', false, true],
    ],
  },
] as const

for (const { name, dir, copies } of archives) {
  test(`${name} is unpacked into empty file systems, each step on the one before`, () => {
    const steps = decode(archiveDefinition('https://example.com/a.tgz', dir))
    const files = steps.flatMap(({ op }) => (op.op.case === 'file' ? [op.op.value] : []))
    const actions = files.flatMap((file) => file.actions)
    assert.equal(
      actions.map(({ action }) => [
        action.value?.src,
        action.value?.attemptUnpack,
        action.value?.dirCopyContents,
      ]),
      copies,
    )
    for (const action of actions) assert.equal([action.input, action.secondaryInput], [-1n, 0n])
    for (const [index, step] of steps.entries()) {
      assert.equal(
        step.op.inputs.map((input) => input.digest),
        index === 0 ? [] : [steps[index - 1]?.digest],
      )
    }
  })
}

test.run()
