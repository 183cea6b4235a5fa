import type { ExpressionMaker } from './expression.ts'

/** Literal pieces between interpolations, as they stand in a quoted template. */
const PIECES = [
  '',
  'a',
  ' ',
  '  b ',
  'x-',
  '\\n',
  '\\t',
  ' \\n ',
  '$ ',
  '% ',
  '$$ ',
  '$${y}',
  '%%{y}',
  '\\"',
  'é',
  '.',
]

/** Doubled with what may follow they are an escape. */
const HALVES = ['$', '%']

/** A quoted template with interpolations and directives. */
export function template(make: ExpressionMaker, depth: number): string {
  return `"${parts(make, depth, PIECES)}"`
}

/** Lines of a heredoc; escapes mean nothing there. */
const LINES = ['', 'a', '  b', '    c ', '\tt', 'x $ y', '$${y}', '\\n', '"q"', '   ', 'EOTX', 'EOT x']

/** A heredoc that begins on the current line and ends with its marker on a line of its own. */
export function heredoc(make: ExpressionMaker, depth: number): string {
  const { random } = make
  const marker = random.pick(['EOT', 'END_1', 'é'])
  const lines = random.list(0, 4, () => {
    const indent = random.pick(['', '  ', '    ', '\t'])
    return `${indent}${random.pick(LINES)}${random.chance(0.6) ? parts(make, depth, ['', ' ', 'a', '  ']) : ''}`
  })
  const body = lines.filter((line) => line.trim() !== marker).map((line) => `${line}\n`)
  return `<<${random.chance(0.5) ? '-' : ''}${marker}\n${body.join('')}${random.pick(['', '  '])}${marker}`
}

function parts(make: ExpressionMaker, depth: number, pieces: readonly string[]): string {
  const { random } = make
  const texts = random.list(1, 4, () =>
    random.weighted([
      [3, () => random.pick(random.chance(0.01) ? HALVES : pieces)],
      [
        4,
        () =>
          `$\{${left(make)}${random.chance(0.7) ? make.any(depth - 1) : make.text(depth - 1)}${right(make)}}`,
      ],
      [1, () => condition(make, depth, pieces)],
      [1, () => loop(make, depth, pieces)],
    ]),
  )
  return texts.join('')
}

function condition(make: ExpressionMaker, depth: number, pieces: readonly string[]): string {
  const { random } = make
  const other = random.chance(0.5) ? `${directive(make, 'else')}${inside(make, depth, pieces)}` : ''
  return `${directive(make, `if ${make.bool(depth - 1)}`)}${inside(make, depth, pieces)}${other}${directive(make, 'endif')}`
}

function loop(make: ExpressionMaker, depth: number, pieces: readonly string[]): string {
  const two = make.random.chance(0.4)
  const inner = make.with({ any: two ? ['k', 'v'] : ['v'], text: ['v'] })
  const intro = `for ${two ? 'k, ' : ''}v in ${make.list(depth - 1)}`
  return `${directive(make, intro)}${inside(inner, depth, pieces)}${directive(make, 'endfor')}`
}

function inside(make: ExpressionMaker, depth: number, pieces: readonly string[]): string {
  return depth <= 0 ? make.random.pick(pieces) : parts(make, depth - 1, pieces)
}

function directive(make: ExpressionMaker, words: string): string {
  return `%{${left(make)} ${words} ${right(make)}}`
}

function left(make: ExpressionMaker): string {
  return make.random.chance(0.12) ? '~' : ''
}

function right(make: ExpressionMaker): string {
  return make.random.chance(0.12) ? '~' : ''
}
