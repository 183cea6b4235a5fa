import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['basename("/a/b/c.txt")', '"c.txt"'],
  ['basename("")', '"."'],
  ['basename("/")', '"/"'],
  ['basename("a/")', '"a"'],
  ['basename("a//b//")', '"b"'],
  ['basename("///")', '"/"'],
  ['dirname("/a/b/c.txt")', '"/a/b"'],
  ['dirname("a")', '"."'],
  ['dirname("")', '"."'],
  ['dirname("/")', '"/"'],
  ['dirname("/a")', '"/"'],
  ['dirname("a/b/")', '"a/b"'],
  ['dirname("a//b")', '"a"'],
  ['dirname("../a/../b/c")', '"../b"'],
  ['dirname("/../a/b")', '"/a"'],
  ['dirname("./a")', '"."'],
  ['homedir(1)', 'error: Too many function arguments; Function "homedir" expects only 0 argument(s).'],
  ['homedir()', '"/home/ada"'],
]

callSuite('parser/eval/functions/paths', cases).run()
