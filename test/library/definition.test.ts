import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadDefinition, plan, printPlan, renderDiagnostic } from '../../src/index.ts'
import { tempDir } from '../harness/temp.ts'

const test = suite('library/definition')

const BAKE = `variable "TAG" { default = "dev" }
target "base" { args = { A = "1" } }
target "app" {
  inherits = ["base"]
  tags     = ["example/app:\${TAG}"]
}
`

test('a definition is loaded from a folder, planned and printed', async () => {
  const cwd = tempDir({ 'docker-bake.hcl': BAKE })
  const loaded = await loadDefinition({ cwd, env: {}, variables: { TAG: '2.0' } })
  assert.equal(loaded.diagnostics, [])
  const planned = plan(loaded.value, { targets: ['app'], set: ['app.args.B=2'] })
  assert.equal(planned.diagnostics, [])
  const fields = planned.value.targets.get('app')?.fields
  assert.equal(fields?.tags, ['example/app:2.0'])
  assert.equal(
    [...(fields?.args ?? [])],
    [
      ['A', '1'],
      ['B', '2'],
    ],
  )
  assert.match(printPlan(planned.value), '"example/app:2.0"')
})

test('the environment given is used instead of the own one', async () => {
  const cwd = tempDir({ 'docker-bake.hcl': BAKE })
  const loaded = await loadDefinition({ cwd, env: { TAG: 'from-env' } })
  const planned = plan(loaded.value, { targets: ['app'] })
  assert.equal(planned.value.targets.get('app')?.fields.tags, ['example/app:from-env'])
})

test('a mistake comes back as a diagnostic that can be rendered', async () => {
  const cwd = tempDir({ 'docker-bake.hcl': 'target "app" {\n  tags = [nope]\n}\n' })
  const loaded = await loadDefinition({ cwd, env: {} })
  const first = loaded.diagnostics.find((one) => one.severity === 'error')
  assert.is(first?.code, 'eval/unknown-variable')
  const text = first === undefined ? '' : renderDiagnostic(first, loaded.value.files)
  assert.match(text, 'docker-bake.hcl:2:11')
})

test('a missing definition and a malformed override are diagnostics too', async () => {
  const cwd = tempDir({})
  const loaded = await loadDefinition({ cwd, env: {} })
  assert.is(loaded.diagnostics[0]?.code, 'load/no-definition')
  const planned = plan(loaded.value, { set: ['nonsense'] })
  assert.is(planned.diagnostics[0]?.code, 'override/malformed')
})

test.run()
