import type { Duplex } from 'node:stream'
import type { Test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Driver } from '../../src/driver/driver.ts'

/** What the driver contract needs from a driver's own test. */
export interface DriverUnderTest {
  readonly driver: Driver
  /** Puts an end to what `driver` talks to; dialling then fails. */
  breakDown(): Promise<void>
}

/** Adds the promises every driver keeps. `make` gives a driver whose daemon echoes what is sent on a connection. */
export function driverContract(test: Test, make: () => Promise<DriverUnderTest>): void {
  test('a working daemon is running', async () => {
    const { driver } = await make()
    assert.is(await driver.status(new AbortController().signal), 'running')
  })

  test('booting ends, and dialling gives a raw connection', async () => {
    const { driver } = await make()
    const { signal } = new AbortController()
    for await (const event of driver.boot(signal)) assert.ok(event.kind)
    const stream = await driver.dial(signal)
    stream.write('ping')
    assert.is(await firstData(stream), 'ping')
    stream.destroy()
  })

  test('every dial is a connection of its own', async () => {
    const { driver } = await make()
    const { signal } = new AbortController()
    const [a, b] = await Promise.all([driver.dial(signal), driver.dial(signal)])
    a.destroy()
    b.write('alive')
    assert.is(await firstData(b), 'alive')
    b.destroy()
  })

  test('an aborted signal keeps its reason', async () => {
    const { driver } = await make()
    const aborted = AbortSignal.abort(new Error('context canceled'))
    for (const act of [driver.dial(aborted), driver.status(aborted)]) {
      assert.is(
        await act.then(
          () => 'done',
          (e) => e.message,
        ),
        'context canceled',
      )
    }
  })

  test('a daemon that is gone is told by status and by a driver failure', async () => {
    const { driver, breakDown } = await make()
    await breakDown()
    const { signal } = new AbortController()
    assert.is.not(await driver.status(signal), 'running')
    const error = await driver.dial(signal).catch((e) => e)
    assert.is(error.name, 'BuildFailure')
    assert.is(error.kind, 'driver')
    assert.ok(error.hints.length > 0)
  })

  test('features are a set that depends on worker labels only', async () => {
    const { driver } = await make()
    assert.equal([...driver.features({})], [...driver.features({ 'some.label': 'x' })])
  })
}

function firstData(stream: Duplex): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once('data', (part) => resolve(String(part)))
    stream.once('error', reject)
  })
}
