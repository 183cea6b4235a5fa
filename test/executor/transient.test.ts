import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BuildFailure } from '../../src/core/failure.ts'
import { durationText } from '../../src/executor/timeout.ts'
import { pauseMs, retryAfterMs, transientReason } from '../../src/executor/transient.ts'

const test = suite('executor/transient')

const reasons: readonly (readonly [string, string | undefined])[] = [
  [
    'httpReadSeeker: failed open: unexpected status from GET request to https://r/v2/: 503 Service Unavailable',
    'registry error',
  ],
  ['failed to push r/x: unexpected status: 500 Internal Server Error', 'registry error'],
  ['server message: toomanyrequests: You have reached your pull rate limit', 'too many requests'],
  ['unexpected status from HEAD request to https://r/v2/x: 429 Too Many Requests', 'too many requests'],
  ['dial tcp: lookup r.example on 127.0.0.11:53: no such host', 'name resolution failed'],
  ['dial tcp 10.0.0.1:443: connect: connection refused', 'connection lost'],
  ['net/http: TLS handshake timeout', 'connection lost'],
  ['unexpected status from HEAD request to https://r/v2/x: 404 Not Found', undefined],
  ['unexpected status: 401 Unauthorized', undefined],
  ['process "/bin/sh -c curl x: connection refused" did not complete successfully: exit code: 7', undefined],
  ['dockerfile parse error on line 3', undefined],
]
for (const [message, want] of reasons) {
  test(`${want ?? 'not transient'}: ${message}`, () => {
    assert.is(transientReason(new BuildFailure('solve', message)), want)
  })
}

test('a lost wire is transient, a cancelled build is not', () => {
  assert.is(transientReason(new BuildFailure('wire', 'gone')), 'connection lost')
  assert.is(transientReason(new BuildFailure('canceled', 'unexpected EOF')), undefined)
  assert.is(transientReason(new Error('unexpected EOF')), undefined)
})

const waits: readonly (readonly [string, number | undefined])[] = [
  ['429 Too Many Requests (Retry-After: 7)', 7000],
  ['toomanyrequests: retry-after: 218.5ms, allowed: 44000/minute', 218.5],
  ['toomanyrequests: retry-after: 1m30s, allowed: 5/minute', 90_000],
  ['toomanyrequests: slow down', undefined],
  ['retry-after: soon', undefined],
]
for (const [message, want] of waits) {
  test(`waits that a registry asks for: ${message}`, () => assert.is(retryAfterMs(message), want))
}

test('pauses double up to a limit and are never shorter than asked for', () => {
  assert.equal(
    [1, 2, 3, 9].map((n) => pauseMs(n, '')),
    [1000, 2000, 4000, 30_000],
  )
  assert.is(pauseMs(1, 'retry-after: 50'), 50_000)
  assert.is(pauseMs(2, 'retry-after: 1'), 2000)
})

test('durations are written as people do', () => {
  assert.equal([300, 2500, 600_000, 5_400_000].map(durationText), ['300ms', '2.5s', '10m', '1h30m'])
})

test.run()
