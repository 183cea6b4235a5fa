import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  [
    'formatdate("YYYY","2020-13-01T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "-01T00:00:00Z" as month.',
  ],
  [
    'formatdate("YYYY","2020-02-30T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: day out of range.',
  ],
  [
    'formatdate("YYYY","2020-01-00T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: day out of range.',
  ],
  [
    'formatdate("YYYY","2020-00-01T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "-01T00:00:00Z" as month.',
  ],
  [
    'formatdate("YYYY","2020-01-01T24:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: hour must be between 0 and 23 inclusive.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:60:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: minute must have exactly two digits.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:60Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "Z" as second.',
  ],
  [
    'formatdate("YYYY","2020-01-01T0:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: hour must have exactly two digits.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:0:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: minute must have exactly two digits.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:0Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "0Z" as second.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string before UTC offset.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00,5Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "," as timestamp segment.',
  ],
  ['formatdate("YYYY","2020-01-01T00:00:00.5Z")', '"2020"'],
  [
    'formatdate("YYYY","2020-01-01T00:00:00.Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use ".Z" as UTC offset.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00+25:00")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string before UTC offset.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00+24:00")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "+24:00" as UTC offset.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00+00:61")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string before UTC offset.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00+00:60")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "+00:60" as UTC offset.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00+0000")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "+0000" as UTC offset.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00 00:00")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use " 00:00" as UTC offset.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00Zx")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "x" as timestamp segment.',
  ],
  [
    'formatdate("YYYY","2020-01-01 00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: missing required time introducer \'T\'.',
  ],
  [
    'formatdate("YYYY","2020-01-01")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: missing required time introducer \'T\'.',
  ],
  [
    'formatdate("YYYY","2020-01")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string where "-" is expected.',
  ],
  [
    'formatdate("YYYY","2020")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string where "-" is expected.',
  ],
  [
    'formatdate("YYYY","20")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "20" as year.',
  ],
  [
    'formatdate("YYYY","")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string before year.',
  ],
  [
    'formatdate("YYYY","abcd-01-01T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "abcd-01-01T00:00:00Z" as year.',
  ],
  [
    'formatdate("YYYY","202x-01-01T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "202x-01-01T00:00:00Z" as year.',
  ],
  [
    'formatdate("YYYY","2020/01/01T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: found "/01/01T00:00:00Z" where "-" is expected.',
  ],
  [
    'formatdate("YYYY","2020-1-01T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "1-01T00:00:00Z" as month.',
  ],
  [
    'formatdate("YYYY","2020-01-1T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "1T00:00:00Z" as day of month.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: found "Z" where ":" is expected.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string where ":" is expected.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string where ":" is expected.',
  ],
  [
    'formatdate("YYYY","2020-01-01T")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string before hour.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "z" as UTC offset.',
  ],
  [
    'formatdate("YYYY","2020-01-01t00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: missing required time introducer \'T\'.',
  ],
  [
    'formatdate("YYYY","é020-01-01T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "é020-01-01T00:00:00Z" as year.',
  ],
  [
    'formatdate("YYYY","2020-01-01T25:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: hour must be between 0 and 23 inclusive.',
  ],
  [
    'formatdate("YYYY","2020-01-01T99")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: end of string before hour.',
  ],
  [
    'formatdate("YYYY","2020-01-01T1:2:3Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: minute must have exactly two digits.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:99:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: minute must have exactly two digits.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:99:0")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use ":0" as minute.',
  ],
  [
    'formatdate("YYYY","-001-01-01T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "-001-01-01T00:00:00Z" as year.',
  ],
  [
    'formatdate("YYYY","2020-01-01T00:00:00+1:00")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "+1:00" as UTC offset.',
  ],
  ['formatdate("YYYY","2020-01-01T00:00:00.123456789123+01:00")', '"2020"'],
]

callSuite('parser/eval/functions/rfc3339', cases).run()
