import { unknownOf } from '../../../core/value/make.ts'
import { NUMBER, type Type } from '../../../core/value/type.ts'
import { good } from '../../scope.ts'
import { type Family, param } from './define.ts'

const BYTES: Type = { kind: 'bytes' }

/**
 * Functions on byte buffers. No expression makes a buffer, so every call fails while its arguments are
 * converted (spec bake 3.7); they exist for that message.
 */
export const BYTE_BUFFERS: Family = [
  {
    name: 'byteslen',
    doc: 'Counts the bytes of a buffer; no expression makes one.',
    params: [param('buf', BYTES, 'The buffer.')],
    returns: NUMBER,
    call: () => good(unknownOf(NUMBER)),
  },
  {
    name: 'bytesslice',
    doc: 'Takes a part of a buffer; no expression makes one.',
    params: [
      param('buf', BYTES, 'The buffer.'),
      param('offset', NUMBER, 'The first byte to take.'),
      param('length', NUMBER, 'How many bytes to take.'),
    ],
    returns: BYTES,
    call: () => good(unknownOf(BYTES)),
  },
]
