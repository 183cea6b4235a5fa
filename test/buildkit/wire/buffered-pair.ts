import { Duplex } from 'node:stream'

/**
 * Two connected streams that take every write at once, as a socket with room does. `stream.duplexPair` finishes
 * a write only when the other side reads; two HTTP/2 sessions of Node, which do not read while they write,
 * then wait for each other.
 */
export function bufferedPair(): [Duplex, Duplex] {
  const a: Duplex = side(() => b)
  const b: Duplex = side(() => a)
  return [a, b]
}

function side(other: () => Duplex): Duplex {
  return new Duplex({
    read: () => {},
    write: (chunk, _encoding, done) => {
      if (!other().destroyed) other().push(chunk)
      setImmediate(done)
    },
    final: (done) => {
      if (!other().destroyed) other().push(null)
      done()
    },
    destroy: (error, done) => {
      setImmediate(() => other().destroy())
      done(error)
    },
  })
}
