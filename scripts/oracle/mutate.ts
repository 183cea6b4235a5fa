import type { Random } from './random.ts'

/** Tokens that mean something to one of the syntaxes. */
const TOKENS: readonly string[] = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ',',
  ':',
  '=',
  '==',
  '=>',
  '"',
  '"a"',
  '${',
  '%{',
  '%{ if true }',
  '%{ endif }',
  '~}',
  '}',
  '...',
  '.',
  '..',
  '*',
  '[*]',
  '.*',
  '?',
  '!',
  '-',
  '+',
  '/',
  '%',
  '&&',
  '||',
  '|',
  '&',
  '<',
  '>=',
  '<<EOT\n',
  '<<-EOT\n',
  'EOT\n',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '#',
  '//',
  '/*',
  '*/',
  "'",
  ';',
  '`',
  '@',
  '\\',
  '\\n',
  '\\u12',
  '$',
  '$$',
  '1',
  '1.',
  '.5',
  '0x1',
  '1e',
  '1e5',
  'a',
  'null',
  'true',
  'for',
  'in',
  'if',
  'else',
  'endfor',
  'é',
  '\u0301',
  '\u{1F600}',
  '\uFEFF',
  '\0',
  '- ',
  '? ',
  '| ',
  '>-\n',
  '&x ',
  '*x',
  '<<: ',
  '!reset ',
  '---\n',
  '%YAML',
  'a: ',
  '  ',
  '::',
  'x.y',
]

/** Changes a text in a few places: tokens, lines or characters taken out, doubled, swapped or put in. */
export function mutate(text: string, random: Random, tokens: readonly string[] = TOKENS): string {
  let result = text
  const times = random.weighted([
    [6, () => 1],
    [2, () => 2],
    [1, () => 4],
  ])
  for (let i = 0; i < times; i++) result = change(result, random, tokens)
  return result
}

const SPLITS = [/(?<=\n)/, /(?<=[^\w-])|(?=[^\w-])/, /(?:)/u]

function change(text: string, random: Random, tokens: readonly string[]): string {
  const pieces = text.split(random.pick(SPLITS))
  const at = random.int(0, Math.max(0, pieces.length - 1))
  const other = random.int(0, Math.max(0, pieces.length - 1))
  const piece = pieces[at] ?? ''
  random.weighted<unknown>([
    [4, () => pieces.splice(at, 1)],
    [1, () => pieces.splice(at, random.int(1, 6))],
    [3, () => pieces.splice(at, 0, random.pick(tokens))],
    [2, () => pieces.splice(at, 1, random.pick(tokens))],
    [2, () => pieces.splice(at, 0, piece)],
    [1, () => pieces.splice(at, 1, pieces[other] ?? '')],
    [1, () => pieces.splice(other, 0, piece)],
    [0.3, () => pieces.splice(at)],
  ])
  return pieces.join('')
}
