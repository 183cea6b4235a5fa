import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['timeadd("2020-01-01T00:00:00Z","1h")', '"2020-01-01T01:00:00Z"'],
  ['timeadd("2020-01-01T00:00:00Z","-1h30m")', '"2019-12-31T22:30:00Z"'],
  ['timeadd("2020-01-01T00:00:00+02:00","24h")', '"2020-01-02T00:00:00+02:00"'],
  ['timeadd("2020-01-01T00:00:00.999999999Z","1ns")', '"2020-01-01T00:00:01Z"'],
  ['timeadd("2020-02-28T23:59:59Z","1s")', '"2020-02-29T00:00:00Z"'],
  [
    'timeadd("2020-01-01T00:00:00Z","1d")',
    'error: Error in function call; Call to function "timeadd" failed: time: unknown unit "d" in duration "1d".',
  ],
  [
    'timeadd("2020-01-01T00:00:00Z","")',
    'error: Error in function call; Call to function "timeadd" failed: time: invalid duration "".',
  ],
  [
    'timeadd("2020-01-01T00:00:00Z","x")',
    'error: Error in function call; Call to function "timeadd" failed: time: invalid duration "x".',
  ],
  [
    'timeadd("2020-01-01T00:00:00Z","1")',
    'error: Error in function call; Call to function "timeadd" failed: time: missing unit in duration "1".',
  ],
  ['timeadd("2020-01-01T00:00:00Z","1.5h")', '"2020-01-01T01:30:00Z"'],
  ['timeadd("2020-01-01T00:00:00Z","0")', '"2020-01-01T00:00:00Z"'],
  ['timeadd("0000-01-01T00:00:00Z","-1s")', '"-0001-12-31T23:59:59Z"'],
  ['timeadd("9999-12-31T23:59:59Z","1s")', '"10000-01-01T00:00:00Z"'],
  ['timeadd("2020-01-01T00:00:00Z","2562047h")', '"2312-04-11T23:00:00Z"'],
  [
    'timeadd("2020-01-01T00:00:00Z","2562048h")',
    'error: Error in function call; Call to function "timeadd" failed: time: invalid duration "2562048h".',
  ],
  [
    'timeadd("2020-01-01","1h")',
    'error: Error in function call; Call to function "timeadd" failed: not a valid RFC3339 timestamp: missing required time introducer \'T\'.',
  ],
  ['timeadd("2020-01-01T00:00:00-00:00","0s")', '"2020-01-01T00:00:00Z"'],
  ['timeadd("2020-01-01T00:00:00-07:30","0s")', '"2020-01-01T00:00:00-07:30"'],
  ['timestamp(1)', 'error: Too many function arguments; Function "timestamp" expects only 0 argument(s).'],
  ['strlen(timestamp())', '20'],
  ['formattimestamp("YYYY-MM-DD\'T\'hh:mm:ssZ",0)', '"1970-01-01T00:00:00Z"'],
  ['formattimestamp("YYYY-MM-DD","2020-01-02T03:04:05Z")', '"2020-01-02"'],
  ['formattimestamp("X","2020-01-02T03:04:05+01:00")', '"1577930645"'],
  ['formattimestamp("X",1577934245)', '"1577934245"'],
  [
    'formattimestamp("X","1577934245")',
    'error: Invalid function argument; Invalid value for "time" parameter: timestamp string must be RFC3339.',
  ],
  [
    'formattimestamp("X",1.5)',
    'error: Invalid function argument; Invalid value for "time" parameter: unix timestamp must be an integer.',
  ],
  [
    'formattimestamp("YYYY",1.5)',
    'error: Invalid function argument; Invalid value for "time" parameter: unix timestamp must be an integer.',
  ],
  [
    'formattimestamp("X",true)',
    'error: Invalid function argument; Invalid value for "time" parameter: must be a string timestamp or a unix timestamp number.',
  ],
  ['formattimestamp("X","2020-01-02T3:04:05Z")', '"1577934245"'],
  [
    'formattimestamp("YYYY","nope")',
    'error: Invalid function argument; Invalid value for "time" parameter: not a valid RFC3339 timestamp: cannot use "nope" as year.',
  ],
  [
    'formattimestamp("Q",0)',
    'error: Invalid function argument; Invalid value for "format" parameter: invalid date format verb "Q".',
  ],
  ['formattimestamp("YYYY-MM-DD hh:mm:ss",-1)', '"1969-12-31 23:59:59"'],
  [
    'unixtimestampparse(1690328596)',
    '{"day":25,"hour":23,"iso_week":30,"iso_year":2023,"minute":43,"month":7,"month_name":"July","rfc3339":"2023-07-25T23:43:16Z","second":16,"weekday":2,"weekday_name":"Tuesday","year":2023,"year_day":206}',
  ],
  [
    'unixtimestampparse(0)',
    '{"day":1,"hour":0,"iso_week":1,"iso_year":1970,"minute":0,"month":1,"month_name":"January","rfc3339":"1970-01-01T00:00:00Z","second":0,"weekday":4,"weekday_name":"Thursday","year":1970,"year_day":1}',
  ],
  [
    'unixtimestampparse(-1)',
    '{"day":31,"hour":23,"iso_week":1,"iso_year":1970,"minute":59,"month":12,"month_name":"December","rfc3339":"1969-12-31T23:59:59Z","second":59,"weekday":3,"weekday_name":"Wednesday","year":1969,"year_day":365}',
  ],
  [
    'unixtimestampparse(1.5)',
    'error: Invalid function argument; Invalid value for "unix_timestamp" parameter: unix timestamp must be an integer.',
  ],
  [
    'unixtimestampparse(1609459200)',
    '{"day":1,"hour":0,"iso_week":53,"iso_year":2020,"minute":0,"month":1,"month_name":"January","rfc3339":"2021-01-01T00:00:00Z","second":0,"weekday":5,"weekday_name":"Friday","year":2021,"year_day":1}',
  ],
  [
    'unixtimestampparse(1230768000)',
    '{"day":1,"hour":0,"iso_week":1,"iso_year":2009,"minute":0,"month":1,"month_name":"January","rfc3339":"2009-01-01T00:00:00Z","second":0,"weekday":4,"weekday_name":"Thursday","year":2009,"year_day":1}',
  ],
  [
    'unixtimestampparse("951782400")',
    '{"day":29,"hour":0,"iso_week":9,"iso_year":2000,"minute":0,"month":2,"month_name":"February","rfc3339":"2000-02-29T00:00:00Z","second":0,"weekday":2,"weekday_name":"Tuesday","year":2000,"year_day":60}',
  ],
  [
    'unixtimestampparse("x")',
    'error: Invalid function argument; Invalid value for "unix_timestamp" parameter: a number is required.',
  ],
  ['timestamp()', '"2024-05-06T07:08:09Z"'],
]

callSuite('parser/eval/functions/time', cases).run()
