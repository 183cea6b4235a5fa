import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommandLine } from '../../src/cli/run.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'

const test = suite('cli/permissions')

const OUTSIDE = 'target "default" {\n  context = "../other"\n}\n'
const INSECURE = 'target "default" {\n  entitlements = ["security.insecure"]\n}\n'
const REFUSED = 'ERROR: additional privileges requested\n'
const QUESTION = 'Do you want to grant requested privileges and continue? [y/N] '
const SWITCH = 'BUILDX_BAKE_ENTITLEMENTS_FS'

interface Row {
  readonly name: string
  readonly definition: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What a person types; absent when there is no terminal. */
  readonly typed?: string
  readonly asks: boolean
  readonly goesOn: boolean
}

// No daemon answers in memory: a run that goes on fails when it dials.
const rows: readonly Row[] = [
  { name: 'without a terminal nobody is asked', definition: OUTSIDE, asks: false, goesOn: false },
  { name: 'y grants', definition: OUTSIDE, typed: 'y\n', asks: true, goesOn: true },
  { name: 'Y grants', definition: INSECURE, typed: 'Y\n', asks: true, goesOn: true },
  { name: 'yes does not', definition: OUTSIDE, typed: 'yes\n', asks: true, goesOn: false },
  { name: 'an empty line does not', definition: OUTSIDE, typed: '\n', asks: true, goesOn: false },
  { name: 'the end of the input does not', definition: OUTSIDE, typed: '', asks: true, goesOn: false },
  {
    name: 'what is allowed needs no question',
    definition: OUTSIDE,
    args: ['--allow', 'fs.read=..'],
    typed: '',
    asks: false,
    goesOn: true,
  },
  {
    name: 'everything may be allowed',
    definition: OUTSIDE,
    args: ['--allow=fs=*'],
    asks: false,
    goesOn: true,
  },
  {
    name: 'writing is not reading',
    definition: OUTSIDE,
    args: ['--allow=fs.write=..'],
    asks: false,
    goesOn: false,
  },
  {
    name: 'switched off, paths are told but not refused',
    definition: OUTSIDE,
    env: { [SWITCH]: '0' },
    asks: false,
    goesOn: true,
  },
  {
    name: 'switched off, privileges are refused all the same',
    definition: INSECURE,
    env: { [SWITCH]: '0' },
    asks: false,
    goesOn: false,
  },
  {
    name: 'rawjson asks nothing',
    definition: OUTSIDE,
    args: ['--progress', 'rawjson'],
    asks: false,
    goesOn: true,
  },
]
for (const row of rows) {
  test(row.name, async () => {
    const host = createMemoryHost({
      files: {
        'docker-bake.hcl': row.definition,
        Dockerfile: 'FROM scratch\n',
        '/other/Dockerfile': 'FROM x\n',
      },
      ...(row.env === undefined ? {} : { env: row.env }),
      stdin: row.typed ?? '',
    })
    if (row.typed !== undefined) Object.assign(host.stdin, { isTTY: true })
    assert.is(await runCommandLine(['bake', ...(row.args ?? [])], host), 1)
    const text = host.stderrText()
    assert.is(text.includes(QUESTION), row.asks)
    assert.is(text.endsWith(REFUSED), !row.goesOn, text)
  })
}

test('the definition is read and shown before the question, and not again after it', async () => {
  const host = createMemoryHost({ files: { 'docker-bake.hcl': OUTSIDE }, stdin: 'y\n' })
  Object.assign(host.stdin, { isTTY: true })
  await runCommandLine(['bake', '--progress', 'plain'], host)
  const [before = '', after = ''] = host.stderrText().split(QUESTION)
  assert.match(before, '#1 reading docker-bake.hcl')
  assert.not.match(after, 'reading docker-bake.hcl')
})

test.run()
