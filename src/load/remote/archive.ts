/** How many bytes decide whether a download is an archive (spec bake 11.2). */
export const HEADER_BYTES = 1024

const MAGIC: readonly (readonly number[])[] = [
  [0x42, 0x5a, 0x68], // bzip2
  [0x1f, 0x8b, 0x08], // gzip
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], // xz
]
const TAR_BLOCK = 512
const CHECKSUM_AT = 148
const CHECKSUM_LENGTH = 8
const BLANK = 0x20

/** Whether a file that starts like this is a tar archive, plain or compressed. */
export function isArchive(header: Uint8Array): boolean {
  return MAGIC.some((magic) => magic.every((byte, i) => header[i] === byte)) || isTar(header)
}

/** A tar header proves itself by a checksum over its block, with the checksum's own field as blanks. */
function isTar(header: Uint8Array): boolean {
  if (header.length < TAR_BLOCK) return false
  const field = header.subarray(CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_LENGTH)
  const digits = /^[\0 ]*([0-7]+)[\0 ]*$/.exec(String.fromCharCode(...field))?.[1]
  if (digits === undefined) return false
  const inField = (i: number): boolean => i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH
  const sum = header.subarray(0, TAR_BLOCK).reduce((all, byte, i) => all + (inField(i) ? BLANK : byte), 0)
  return sum === Number.parseInt(digits, 8)
}
