import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { repoRoot } from '../harness/golden.ts'

const schema = JSON.parse(readFileSync(join(repoRoot, 'schemas/bake.schema.json'), 'utf8'))
const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(schema)

const test = suite('schemas/bake')

// Fixtures with a plan are accepted by the reference.
const root = join(repoRoot, 'fixtures/json')
for (const topic of readdirSync(root)) {
  for (const name of readdirSync(join(root, topic))) {
    const dir = join(root, topic, name)
    if (!existsSync(join(dir, 'plan.json'))) continue
    test(`fixtures/json/${topic}/${name} is valid`, () => {
      const ok = validate(JSON.parse(readFileSync(join(dir, 'docker-bake.json'), 'utf8')))
      assert.ok(ok, JSON.stringify(validate.errors))
    })
  }
}

const refused = [
  { name: 'a list of targets that is a number', text: { group: { default: { targets: 3 } } } },
  { name: 'a group without targets', text: { group: { default: {} } } },
  { name: 'a function without a result', text: { function: { f: { params: [] } } } },
  { name: 'tags that are a number', text: { target: { app: { tags: 1 } } } },
  { name: 'a target that is text', text: { target: { app: 'x' } } },
]
for (const c of refused) test(`${c.name} is refused`, () => assert.not(validate(c.text)))

test.run()
