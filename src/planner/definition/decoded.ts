import type { Value } from '../../core/value/value.ts'

/** What an attribute value means: nothing (null), or a value of the property's type. */
export interface Decoded {
  /** Undefined when the attribute says "not set". */
  readonly value: unknown
  /** The converted value, as other blocks see it; absent for lists of elements. */
  readonly seen?: Value
}
