import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Secrets } from '../../../../src/buildkit/gen/secrets_pb.ts'
import { MAX_SECRET_BYTES, secrets } from '../../../../src/buildkit/session/attachables/secrets.ts'
import { createMemoryHost } from '../../../../src/host/memory-host.ts'
import type { SecretSource } from '../../../../src/request/types.ts'
import { Daemon } from '../daemon.ts'

const test = suite('buildkit/session/attachables/secrets')

const host = createMemoryHost({
  env: { TOKEN: 'from env', both: 'env wins' },
  files: {
    'secret.txt': 'from file',
    both: 'file loses',
    named: 'by its id',
    large: new Uint8Array(MAX_SECRET_BYTES + 1),
  },
})
const sources: readonly SecretSource[] = [
  { id: 'env', env: 'TOKEN' },
  { id: 'unset', env: 'NOT_SET' },
  { id: 'file', file: 'secret.txt' },
  { id: 'both' },
  { id: 'named' },
  { id: 'gone', file: 'gone.txt' },
  { id: 'large', file: 'large' },
]

const cases = [
  { id: 'env', want: 'from env' },
  { id: 'unset', want: '' },
  { id: 'file', want: 'from file' },
  { id: 'both', want: 'env wins' },
  { id: 'named', want: 'by its id' },
  { id: 'other', fails: { code: 5, text: /secret other not found/ } },
  { id: 'gone', fails: { code: 2, text: /cannot read secret gone/ } },
  { id: 'large', fails: { code: 2, text: /over the limit of 512000 bytes/ } },
]
for (const row of cases) {
  test(`secret ${row.id}`, async () => {
    const daemon = await Daemon.open([secrets(sources, host)])
    try {
      const { data } = await daemon.unary(Secrets.method.getSecret, { id: row.id })
      assert.is(Buffer.from(data).toString(), row.want)
    } catch (error) {
      const failure = error as Error & { code: number }
      assert.is(failure.code, row.fails?.code)
      assert.match(failure.message, row.fails?.text as RegExp)
    } finally {
      await daemon.close()
    }
  })
}

test.run()
