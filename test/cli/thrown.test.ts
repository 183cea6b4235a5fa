import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reportThrown } from '../../src/cli/thrown.ts'
import { BuildFailure } from '../../src/core/failure.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'

const test = suite('cli/thrown')

function systemError(code: string, text: string, more: object): Error {
  return Object.assign(new Error(`${code}: ${text}`), { code, ...more })
}

const rows: readonly {
  readonly name: string
  readonly error: unknown
  readonly status: number
  readonly stderr: string
}[] = [
  {
    name: 'a failure with a hint',
    error: new BuildFailure('driver', 'no builder "x" found', { code: 'X', hints: ['make one'] }),
    status: 1,
    stderr: 'hint: make one\nERROR: no builder "x" found\n',
  },
  {
    name: 'an internal error of the daemon',
    error: new BuildFailure('wire', 'oh', { code: 'INTERNAL' }),
    status: 100,
    stderr: 'ERROR: oh\n',
  },
  {
    name: 'a daemon without resources',
    error: new BuildFailure('wire', 'oh', { code: 'RESOURCE_EXHAUSTED' }),
    status: 102,
    stderr: 'ERROR: oh\n',
  },
  {
    name: 'a cancelled run',
    error: new BuildFailure('canceled', 'context canceled'),
    status: 130,
    stderr: 'ERROR: context canceled\n',
  },
  {
    name: 'a full disk behind standard output',
    error: systemError('ENOSPC', 'no space left on device, write', { syscall: 'write' }),
    status: 102,
    stderr: 'ERROR: write /dev/stdout: no space left on device\n',
  },
  {
    name: 'a file the system refuses',
    error: systemError('EACCES', "permission denied, open '/m.json'", { syscall: 'open', path: '/m.json' }),
    status: 1,
    stderr: 'ERROR: open /m.json: permission denied\n',
  },
  {
    name: 'a defect',
    error: new TypeError('x is not a function'),
    status: 70,
    stderr:
      'ERROR: internal error: x is not a function\nThis is a defect in bakekit. Please report it with the command line and the definition; DEBUG=1 shows where it happened.\n',
  },
]
for (const row of rows) {
  test(`${row.name} ends with status ${row.status}`, () => {
    const host = createMemoryHost()
    assert.is(reportThrown(row.error, host), row.status)
    assert.is(host.stderrText(), row.stderr)
  })
}

test('whatever breaks after a cancellation is the cancellation', () => {
  const host = createMemoryHost({ signal: AbortSignal.abort() })
  assert.is(reportThrown(new Error('stream closed'), host), 130)
  assert.is(host.stderrText(), 'ERROR: context canceled\n')
})

test('only DEBUG shows where a defect happened', () => {
  const shown = createMemoryHost({ env: { DEBUG: '1' } })
  reportThrown(new Error('oh'), shown)
  assert.match(shown.stderrText(), /\n {4}at /)
})

test.run()
