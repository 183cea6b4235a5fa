const FIRST: readonly string[] =
  'amber brisk calm clever cosy eager fond frosty gentle golden happy humble jolly keen kind lively lucky mellow merry modest noble patient plucky polite proud quick quiet rapid serene sharp silent sleepy steady sunny swift tender tidy vivid warm witty'.split(
    ' ',
  )
const SECOND: readonly string[] =
  'babbage bohr boole cantor church curie darwin dijkstra einstein euler faraday fermi feynman galileo gauss germain goedel hamilton heisenberg hertz hilbert hopper hubble kepler knuth lamarr leibniz liskov lovelace maxwell meitner mendel newton noether pascal planck ramanujan ritchie shannon turing'.split(
    ' ',
  )

/** A name for a builder whose maker gave none, from two random bytes: adjective, underscore, surname. */
export function nameFromBytes(bytes: Uint8Array): string {
  const pick = (words: readonly string[], byte: number | undefined): string =>
    words[(byte ?? 0) % words.length] as string
  return `${pick(FIRST, bytes[0])}_${pick(SECOND, bytes[1])}`
}
