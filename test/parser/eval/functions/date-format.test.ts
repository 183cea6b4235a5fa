import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['formatdate("YYYY-MM-DD","2020-01-02T03:04:05Z")', '"2020-01-02"'],
  [
    'formatdate("YY M MM MMM MMMM D DD EEE EEEE h hh H HH AA aa m mm s ss Z ZZZ ZZZZ ZZZZZ","2020-01-02T03:04:05Z")',
    '"20 1 01 Jan January 2 02 Thu Thursday 3 03 3 03 AM am 4 04 5 05 Z UTC +0000 +00:00"',
  ],
  [
    'formatdate("YY M MM MMM MMMM D DD EEE EEEE h hh H HH AA aa m mm s ss Z ZZZ ZZZZ ZZZZZ","1999-12-31T23:59:59-07:30")',
    '"99 12 12 Dec December 31 31 Fri Friday 23 23 11 11 PM pm 59 59 59 59 -07:30 -0730 -0730 -07:30"',
  ],
  ['formatdate("h H AA","2020-01-02T00:00:00Z")', '"0 12 AM"'],
  ['formatdate("h H AA","2020-01-02T12:00:00Z")', '"12 12 PM"'],
  [
    'formatdate("Q","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "Q".',
  ],
  [
    'formatdate("YYY","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "YYY": year must either be "YY" or "YYYY".',
  ],
  [
    'formatdate("MMMMM","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "MMMMM": month must be "M", "MM", "MMM", or "MMMM".',
  ],
  [
    'formatdate("DDD","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "DDD": day of month must either be "D" or "DD".',
  ],
  [
    'formatdate("E","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "E": day of week must either be "EEE" or "EEEE".',
  ],
  [
    'formatdate("hhh","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "hhh": 24-hour must either be "h" or "hh".',
  ],
  [
    'formatdate("HHH","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "HHH": 12-hour must either be "H" or "HH".',
  ],
  [
    'formatdate("A","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "A": must be "AA".',
  ],
  [
    'formatdate("a","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "a": must be "aa".',
  ],
  [
    'formatdate("mmm","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "mmm": minute must either be "m" or "mm".',
  ],
  [
    'formatdate("sss","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "sss": second must either be "s" or "ss".',
  ],
  [
    'formatdate("ZZ","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "ZZ": timezone must be Z, ZZZZ, or ZZZZZ.',
  ],
  [
    'formatdate("X","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "X".',
  ],
  ['formatdate("\'lit\' \'\' YYYY","2020-01-02T00:00:00Z")', '"lit \' 2020"'],
  ['formatdate("\'a\'\'b\'","2020-01-02T00:00:00Z")', '"a\'b"'],
  ['formatdate("\'a\'\'","2020-01-02T00:00:00Z")', '"a\'"'],
  [
    'formatdate("\'","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: unterminated literal \'.',
  ],
  [
    'formatdate("x\'","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "x".',
  ],
  [
    'formatdate("\'abc","2020-01-02T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "format" parameter: unterminated literal \'.',
  ],
  ['formatdate("\'\'\'abc\'","2020-01-02T00:00:00Z")', '"\'abc"'],
  ['formatdate("\'abc\'\'\'","2020-01-02T00:00:00Z")', '"abc\'"'],
  ['formatdate("\'\'\'\'","2020-01-02T00:00:00Z")', '"\'\'"'],
  ['formatdate("é YYYY 123","2020-01-02T00:00:00Z")', '"é 2020 123"'],
  ['formatdate("","2020-01-02T00:00:00Z")', '""'],
  [
    'formatdate("YYYY",1)',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "1" as year.',
  ],
  ['formatdate("YYYY YY","0001-01-01T00:00:00Z")', '"0001 01"'],
  ['formatdate("YYYY-MM-DD EEEE","2024-02-29T00:00:00Z")', '"2024-02-29 Thursday"'],
  [
    'formatdate("YYYY-MM-DD","2023-02-29T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: day out of range.',
  ],
  [
    'formatdate("YYYY-MM-DD","1900-02-29T00:00:00Z")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: day out of range.',
  ],
  ['formatdate("EEEE","0000-01-01T00:00:00Z")', '"Saturday"'],
]

callSuite('parser/eval/functions/date-format', cases).run()
