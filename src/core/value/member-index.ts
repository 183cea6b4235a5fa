import { equalValues } from './equal.ts'
import { sortedKeys } from './make.ts'
import { toFloat64 } from './number.ts'
import type { Value } from './value.ts'

/** Values that can be found again without a look at each: comparing all with all takes minutes for long lists. */
export class MemberIndex {
  private readonly buckets = new Map<string, Value[]>()
  private readonly same: (a: Value, b: Value) => boolean

  constructor(items: Iterable<Value> = [], same: (a: Value, b: Value) => boolean = equalValues) {
    this.same = same
    for (const item of items) this.add(item)
  }

  has(wanted: Value): boolean {
    return this.buckets.get(bucketOf(wanted))?.some((item) => this.same(item, wanted)) === true
  }

  /** False when an equal value is there already. */
  add(item: Value): boolean {
    const name = bucketOf(item)
    const bucket = this.buckets.get(name)
    if (bucket === undefined) this.buckets.set(name, [item])
    else if (bucket.some((other) => this.same(other, item))) return false
    else bucket.push(item)
    return true
  }
}

/** Equal values have the same name; different ones mostly another. */
function bucketOf(v: Value): string {
  switch (v.kind) {
    case 'string':
      return `s${v.value}`
    case 'number':
      return `n${toFloat64(v.value)}`
    case 'bool':
      return `b${v.value}`
    case 'null':
    case 'unknown':
      return v.kind
    case 'list':
    case 'set':
    case 'tuple': {
      const [first] = v.items
      const last = v.items.at(-1)
      const ends = first === undefined || last === undefined ? '' : `${bucketOf(first)},${bucketOf(last)}`
      return `${v.kind}${v.items.length}(${ends})`
    }
    case 'map':
    case 'object': {
      const keys = sortedKeys(v.entries)
      const first = v.entries.get(keys[0] ?? '')
      return `${v.kind}${keys.join(',')}(${first === undefined ? '' : bucketOf(first)})`
    }
  }
}
