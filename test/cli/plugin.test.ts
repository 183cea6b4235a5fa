import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { renderPluginMetadata, stripPluginArguments } from '../../src/cli/plugin.ts'

const test = suite('cli/plugin')

const rows: readonly {
  readonly name: string
  readonly args: readonly string[]
  readonly want: ReturnType<typeof stripPluginArguments>
}[] = [
  {
    name: 'the name alone',
    args: ['buildx', 'bake'],
    want: { args: ['bake'], name: 'buildx', env: {} },
  },
  {
    name: 'the own name',
    args: ['bakekit', 'bake'],
    want: { args: ['bake'], name: 'bakekit', env: {} },
  },
  {
    name: 'a context and a config folder',
    args: ['--context', 'ctx', '--config=/c', 'buildx', 'bake', '--print'],
    want: {
      args: ['bake', '--print'],
      name: 'buildx',
      env: { DOCKER_CONTEXT: 'ctx', DOCKER_CONFIG: '/c' },
    },
  },
  {
    name: 'a host, and flags that change nothing here',
    args: ['-H', 'tcp://h:1', '-D', '-l', 'debug', '--tls', '--tlscacert', 'ca.pem', 'buildx', 'version'],
    want: { args: ['version'], name: 'buildx', env: { DOCKER_HOST: 'tcp://h:1' } },
  },
  {
    name: 'the command again behind the name',
    args: ['buildx', 'buildx'],
    want: { args: ['buildx'], name: 'buildx', env: {} },
  },
  { name: 'no name', args: ['-D', 'bake'], want: { args: ['bake'], env: {} } },
  {
    name: 'a flag docker does not have',
    args: ['--nosuch', 'buildx'],
    want: { args: ['--nosuch', 'buildx'], env: {} },
  },
  { name: 'nothing', args: [], want: { args: [], env: {} } },
]
for (const row of rows) {
  test(`docker's part of the arguments: ${row.name}`, () => {
    assert.equal(stripPluginArguments(row.args), row.want)
  })
}

test('the metadata has the keys docker reads and an indentation of five', () => {
  const text = renderPluginMetadata()
  assert.equal(Object.keys(JSON.parse(text)), ['SchemaVersion', 'Vendor', 'Version', 'ShortDescription'])
  assert.ok(text.startsWith('{\n     "SchemaVersion": "0.1.0",\n'))
})

test.run()
