const REF_BYTES = 16
const REF_LENGTH = 25

/** A new build or session id: 128 random bits in base 36, 25 characters (spec buildkit 2.1). */
export function newRef(random: (bytes: number) => Uint8Array): string {
  const hex = Buffer.from(random(REF_BYTES)).toString('hex')
  return BigInt(`0x${hex}`).toString(36).padStart(REF_LENGTH, '0')
}
