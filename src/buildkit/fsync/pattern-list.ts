import { compilePattern, type Pattern } from './pattern.ts'

/** Which patterns of a list matched a directory; its children inherit the answer. */
export type Matched = readonly boolean[]

/** A list of patterns of which the last match decides and a match on a directory holds for all below it. */
export class PatternList {
  private readonly patterns: readonly Pattern[]
  private readonly negations: readonly Pattern[]

  constructor(texts: readonly string[]) {
    this.patterns = texts.map(compilePattern).filter((p) => p !== undefined)
    this.negations = this.patterns.filter((p) => p.negated)
  }

  get isEmpty(): boolean {
    return this.patterns.length === 0
  }

  /** Tests a path given what matched its parent (undefined at the top). */
  match(
    path: string,
    parent: Matched | undefined,
  ): { readonly selected: boolean; readonly matched: Matched } {
    const matched: boolean[] = []
    let selected = false
    for (let i = 0; i < this.patterns.length; i++) {
      const pattern = this.patterns[i] as Pattern
      const hit = parent?.[i] === true || pattern.matches(path)
      matched.push(hit)
      if (hit) selected = !pattern.negated
    }
    return { selected, matched }
  }

  /** Whether something below an unselected directory could be selected. */
  maySelectBelow(dir: string): boolean {
    return this.patterns.some((p) => !p.negated && p.reachesBelow(dir))
  }

  /** Whether something below a selected directory could be unselected by a `!` pattern. */
  mayReleaseBelow(dir: string): boolean {
    return this.negations.some((p) => p.reachesBelow(dir))
  }
}

/** Whether a path is selected, its parents considered; for single questions, a walk keeps the parents' answers. */
export function isSelected(list: PatternList, path: string): boolean {
  const parts = path.split('/')
  let parent: Matched | undefined
  let selected = false
  for (let depth = 1; depth <= parts.length; depth++) {
    const answer = list.match(parts.slice(0, depth).join('/'), parent)
    parent = answer.matched
    selected = answer.selected
  }
  return selected
}
