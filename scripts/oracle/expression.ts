import { callOf } from './calls.ts'
import type { Random } from './random.ts'
import { template } from './template.ts'
import { NUMBERS, STRINGS } from './texts.ts'

/** Names an expression may use, by what they hold. */
export interface Names {
  readonly text: readonly string[]
  readonly number: readonly string[]
  readonly bool: readonly string[]
  readonly list: readonly string[]
  readonly object: readonly string[]
  readonly any: readonly string[]
  /** User functions and how many arguments they take. */
  readonly functions: readonly { readonly name: string; readonly count: number }[]
}

export const NO_NAMES: Names = {
  text: [],
  number: [],
  bool: [],
  list: [],
  object: [],
  any: [],
  functions: [],
}

/** Writes random expressions on one line. What is asked for is mostly, not always, what comes out. */
export class ExpressionMaker {
  readonly random: Random
  readonly names: Names
  /** Type keywords may be used once in a file: the reference refuses the second use (spec bake 14, trap 33). */
  readonly keywords: Set<string>

  constructor(random: Random, names: Names = NO_NAMES, keywords?: Set<string>) {
    this.random = random
    this.names = names
    this.keywords = keywords ?? new Set(['string', 'number', 'bool', 'any'])
  }

  with(more: Partial<Names>): ExpressionMaker {
    const names = { ...this.names }
    for (const [kind, list] of Object.entries(more)) {
      const key = kind as keyof Names
      Object.assign(names, { [key]: [...names[key], ...list] })
    }
    return new ExpressionMaker(this.random, names, this.keywords)
  }

  any(depth: number): string {
    return this.random.weighted([
      [4, () => this.text(depth)],
      [3, () => this.number(depth)],
      [2, () => this.bool(depth)],
      [3, () => this.list(depth)],
      [3, () => this.object(depth)],
      [0.6, () => 'null'],
      [1, () => this.named('any') ?? this.text(depth)],
    ])
  }

  text(depth: number): string {
    const { random } = this
    if (depth <= 0) return this.leaf('text', STRINGS)
    return random.weighted([
      [3, () => this.leaf('text', STRINGS)],
      [4, () => template(this, depth - 1)],
      [5, () => callOf(this, 'text', depth - 1)],
      [1, () => this.conditional(() => this.text(depth - 1), depth)],
      [1, () => this.access(depth)],
      [0.6, () => this.userCall(depth)],
    ])
  }

  number(depth: number): string {
    const { random } = this
    if (depth <= 0) return this.leaf('number', NUMBERS)
    return random.weighted([
      [3, () => this.leaf('number', NUMBERS)],
      [4, () => this.binary(['+', '-', '*', '/', '%'], () => this.number(depth - 1))],
      [4, () => callOf(this, 'number', depth - 1)],
      [0.5, () => `-${this.wrapped(this.number(depth - 1))}`],
      [1, () => this.conditional(() => this.number(depth - 1), depth)],
      [0.7, () => this.access(depth)],
      [0.4, () => this.text(depth - 1)],
    ])
  }

  bool(depth: number): string {
    const { random } = this
    if (depth <= 0) return this.leaf('bool', ['true', 'false'])
    return random.weighted([
      [2, () => this.leaf('bool', ['true', 'false'])],
      [3, () => this.binary(['==', '!='], () => this.any(depth - 1))],
      [2, () => this.binary(['<', '>', '<=', '>='], () => this.number(depth - 1))],
      [2, () => `(${this.binary(['&&', '||'], () => this.sound(depth - 1))})`],
      [1, () => `!${this.wrapped(this.bool(depth - 1))}`],
      [3, () => callOf(this, 'bool', depth - 1)],
      [0.5, () => this.conditional(() => this.bool(depth - 1), depth)],
    ])
  }

  /**
   * A bool that does not fail: 0.29.1 fails with either operand of `&&` and `||`, later versions only when
   * the other one does not decide (spec bake 3.4).
   */
  private sound(depth: number): string {
    if (depth <= 0) return this.random.pick(['true', 'false', '"true"', '!true'])
    return `try(${this.bool(depth)} ? true : false, ${this.random.pick(['true', 'false'])})`
  }

  list(depth: number): string {
    const { random } = this
    if (depth <= 0) return this.named('list') ?? this.tuple(() => this.leaf('text', STRINGS))
    return random.weighted([
      [2, () => this.tuple(() => this.text(depth - 1))],
      [2, () => this.tuple(() => this.number(depth - 1))],
      [1.5, () => this.tuple(() => this.any(depth - 1))],
      [3, () => this.forList(depth)],
      [4, () => callOf(this, 'list', depth - 1)],
      [1, () => this.splat(depth)],
      [1, () => this.named('list') ?? '[]'],
      [0.7, () => this.conditional(() => this.list(depth - 1), depth)],
    ])
  }

  object(depth: number): string {
    const { random } = this
    if (depth <= 0) return this.named('object') ?? '{ a = 1, b = "x" }'
    return random.weighted([
      [3, () => this.objectLiteral(depth)],
      [2, () => this.forObject(depth)],
      [3, () => callOf(this, 'object', depth - 1)],
      [1, () => this.named('object') ?? '{}'],
      [0.7, () => this.conditional(() => this.object(depth - 1), depth)],
    ])
  }

  /** Braces around anything that is not one term. */
  wrapped(text: string): string {
    return /^("[^"]*"|[A-Za-z0-9_.]+)$/.test(text) ? text : `(${text})`
  }

  private leaf(kind: 'text' | 'number' | 'bool', literals: readonly string[]): string {
    const name = this.random.chance(0.3) ? this.named(kind) : undefined
    return name ?? this.random.pick(literals)
  }

  private named(kind: keyof Omit<Names, 'functions'>): string | undefined {
    const known = this.names[kind]
    return known.length === 0 ? undefined : this.random.pick(known)
  }

  private binary(operators: readonly string[], operand: () => string): string {
    const operator = this.random.pick(operators)
    const [left, right] = [operand(), operand()]
    if (this.random.chance(0.3)) return `${left} ${operator} ${right}`
    return `${this.wrapped(left)} ${operator} ${this.wrapped(right)}`
  }

  private conditional(branch: () => string, depth: number): string {
    const condition = this.bool(depth - 1)
    const other = this.random.chance(0.12) ? this.any(depth - 1) : branch()
    return `(${condition} ? ${branch()} : ${other})`
  }

  private tuple(item: () => string): string {
    const items = this.random.list(0, 4, item)
    const comma = items.length > 0 && this.random.chance(0.1) ? ',' : ''
    return `[${items.join(', ')}${comma}]`
  }

  private objectLiteral(depth: number): string {
    const entries = this.random.list(0, 4, () => {
      const key = this.random.weighted([
        [6, () => this.random.pick(['a', 'b', 'c', 'name', 'x-y', 'true', 'if'])],
        [2, () => this.random.pick(STRINGS)],
        [1, () => `(${this.text(depth - 1)})`],
        [0.5, () => this.random.pick(['1', '2.50', '10'])],
      ])
      return `${key}${this.random.chance(0.8) ? ' = ' : ': '}${this.any(depth - 1)}`
    })
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }

  private collection(depth: number): string {
    return this.random.chance(0.7) ? this.list(depth - 1) : this.object(depth - 1)
  }

  private forIntro(depth: number): { intro: string; inner: ExpressionMaker; key: string } {
    const two = this.random.chance(0.5)
    const inner = this.with({ any: two ? ['k', 'v'] : ['v'], text: ['v'], number: two ? ['k'] : [] })
    return {
      intro: `for ${two ? 'k, ' : ''}v in ${this.collection(depth)} :`,
      inner,
      key: two
        ? this.random.pick(['k', 'v', '"${k}"', 'upper(v)'])
        : this.random.pick(['v', '"p${v}"', '"k"']),
    }
  }

  private condition(inner: ExpressionMaker, depth: number): string {
    return this.random.chance(0.35) ? ` if ${inner.bool(Math.min(depth - 1, 1))}` : ''
  }

  private forList(depth: number): string {
    const { intro, inner } = this.forIntro(depth)
    return `[${intro} ${inner.any(depth - 1)}${this.condition(inner, depth)}]`
  }

  private forObject(depth: number): string {
    const { intro, inner, key } = this.forIntro(depth)
    const dots = this.random.chance(0.3) ? '...' : ''
    return `{${intro} ${key} => ${inner.any(depth - 1)}${dots}${this.condition(inner, depth)}}`
  }

  private splat(depth: number): string {
    const { random } = this
    const objects = `[${random.list(0, 3, () => `{ a = ${this.any(depth - 1)}, b = [${this.number(0)}, ${this.text(0)}] }`).join(', ')}]`
    const source = random.chance(0.7) ? objects : this.wrapped(this.any(depth - 1))
    return `${source}${random.pick(['[*].a', '.*.a', '[*]', '.*', '[*].b[0]', '.*.b[0]', '[*].b.1', '.*.b.0'])}`
  }

  private access(depth: number): string {
    const { random } = this
    return random.weighted([
      [2, () => `${this.wrapped(this.list(depth - 1))}[${this.number(0)}]`],
      [2, () => `${this.wrapped(this.object(depth - 1))}.${random.pick(['a', 'b', 'c', 'name'])}`],
      [2, () => `${this.wrapped(this.object(depth - 1))}[${this.text(0)}]`],
      [1, () => `${this.wrapped(this.list(depth - 1))}.${random.int(0, 2)}`],
      [0.3, () => `${this.wrapped(this.any(depth - 1))}[${this.any(depth - 1)}]`],
    ])
  }

  private userCall(depth: number): string {
    const known = this.names.functions
    if (known.length === 0) return this.text(0)
    const { name, count } = this.random.pick(known)
    return `${name}(${this.random.list(count, count, () => this.any(depth - 1)).join(', ')})`
  }
}
