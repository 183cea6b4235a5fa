import { joinSpans, type Span } from '../../core/source/source-file.ts'
import { unknownOf } from '../../core/value/make.ts'
import { ANY } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { Node, Step } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { takeNumber } from './number-token.ts'
import { K } from './tokens.ts'

/** Splats in one chain of steps; each one nests the elements of the one before. */
const MAX_SPLATS = 10

/** Steps under construction; splats learn what they cover once the following steps are known. */
type Draft = { -readonly [P in keyof Extract<Step, { kind: 'splat' }>]: Extract<Step, { kind: 'splat' }>[P] }

/** Parses attribute access, indices and splats behind a term (spec bake 3.5). */
export function parseSteps(p: Cursor, source: Node): Node {
  if (p.peek() !== K.Dot && p.peek() !== K.OpenBracket) return source
  const steps: Step[] = []
  const fullSplats: { readonly draft: Draft; readonly at: number }[] = []
  let splats = 0
  while (p.peek() === K.Dot || p.peek() === K.OpenBracket) {
    const before = steps.length
    if (p.peek() === K.Dot) parseDot(p, steps)
    else {
      const draft = parseBracket(p, steps)
      if (draft !== undefined) fullSplats.push({ draft, at: steps.length })
    }
    if (steps[before]?.kind === 'splat' && ++splats > MAX_SPLATS) {
      reportTooManySplats(p, steps[before].span)
      break
    }
  }
  for (const { draft, at } of fullSplats) draft.covered = steps.length - at
  const last = steps.at(-1)
  return last === undefined
    ? source
    : { kind: 'access', source, steps, span: joinSpans(source.span, last.span) }
}

function reportTooManySplats(p: Cursor, subject: Span): void {
  const detail = `More than ${MAX_SPLATS} splats in one expression are not accepted.`
  p.report('hcl/too-deep', 'Nesting too deep', detail, subject)
  p.recovering = true
}

function parseDot(p: Cursor, steps: Step[]): void {
  const dot = p.read()
  if (p.peek() === K.Identifier) {
    const name = p.textOf(p.read())
    steps.push({ kind: 'attr', name, span: p.spanFrom(dot) })
  } else if (p.peek() === K.Number) {
    const key = takeLegacyIndex(p, 'Use the proper index syntax instead', p.nextSpan())
    steps.push({ kind: 'index', key, span: p.spanFrom(dot) })
  } else if (p.peek() === K.Star) {
    parseAttributeSplat(p, dot, steps)
  } else {
    reportMissingName(p, p.nextSpan())
    p.recovering = true
  }
}

/** `.*` with the attributes and legacy indices behind it, which all apply to the elements. */
function parseAttributeSplat(p: Cursor, dot: number, steps: Step[]): void {
  const star = p.nextSpan()
  p.read()
  const draft: Draft = { kind: 'splat', covered: 0, span: p.spanFrom(dot) }
  steps.push(draft)
  while (p.peek() === K.Dot) {
    const inner = p.read()
    if (p.peek() === K.Number) {
      const key = takeLegacyIndex(
        p,
        'Use the proper index syntax with a full splat expression [*] instead',
        star,
      )
      steps.push({ kind: 'index', key, span: p.spanFrom(inner) })
    } else if (p.peek() === K.Identifier) {
      const name = p.textOf(p.read())
      steps.push({ kind: 'attr', name, span: p.spanFrom(inner) })
    } else {
      if (p.peek() === K.Star) reportNestedSplat(p)
      else if (!p.recovering) reportMissingName(p, star)
      p.recovering = true
      return
    }
    draft.covered += 1
  }
}

/** The index in `a.0`; `a.0.1` would read as a fraction and is refused. */
function takeLegacyIndex(p: Cursor, advice: string, subject: Span): Value {
  const [first, second] = splitAtDot(p.textOf(p.next))
  if (second === undefined) return takeNumber(p)
  p.read()
  const detail = `When using the legacy index syntax, chaining two indexes together is not permitted. ${advice}, like [${first}][${second}].`
  p.report('hcl/legacy-index', 'Invalid legacy index syntax', detail, subject)
  return unknownOf(ANY)
}

function splitAtDot(text: string): readonly [string, string | undefined] {
  const dot = text.indexOf('.')
  return dot < 0 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)]
}

/** Parses `[key]` or `[*]`; the splat is returned for its coverage to be filled in. */
function parseBracket(p: Cursor, steps: Step[]): Draft | undefined {
  const open = p.read()
  if (p.peek() === K.Star) {
    p.read()
    closeSplat(p)
    const draft: Draft = { kind: 'splat', covered: 0, span: p.spanFrom(open) }
    steps.push(draft)
    return draft
  }
  p.pushNewlines('ignored')
  const mark = p.diagnostics.length
  const key = p.expression()
  if (p.isLost(mark)) p.recover(K.CloseBracket)
  else closeIndex(p)
  const span = p.spanFrom(open)
  p.popNewlines()
  const constant = constantKey(key)
  if (constant !== undefined) steps.push({ kind: 'index', key: constant, span })
  else steps.push({ kind: 'computed', key, openSpan: p.spanOf(open), span })
  return undefined
}

function closeSplat(p: Cursor): void {
  if (p.kindOf(p.read()) === K.CloseBracket || p.recovering) return
  p.report(
    'hcl/missing-bracket',
    'Missing close bracket on splat index',
    'The star for a full splat operator must be immediately followed by a closing bracket ("]").',
    p.spanOf(p.recover(K.CloseBracket)),
  )
}

/** The reference blames the place where it found the bracket in the end. */
function closeIndex(p: Cursor): void {
  if (p.kindOf(p.read()) === K.CloseBracket || p.recovering) return
  const detail = 'The index operator must end with a closing bracket ("]").'
  const subject = p.spanOf(p.recover(K.CloseBracket))
  p.report('hcl/missing-bracket', 'Missing close bracket on index', detail, subject)
}

function constantKey(key: Node): Value | undefined {
  if (key.kind === 'literal') return key.value
  const part = key.kind === 'template' && key.parts.length === 1 ? key.parts[0] : undefined
  return part?.kind === 'literal' ? part.value : undefined
}

function reportMissingName(p: Cursor, subject: Span): void {
  p.report(
    'hcl/invalid-attribute-name',
    'Invalid attribute name',
    'An attribute name is required after a dot.',
    subject,
  )
}

function reportNestedSplat(p: Cursor): void {
  p.reportFirst(
    'hcl/nested-splat',
    'Nested splat expression not allowed',
    'A splat expression (*) cannot be used inside another attribute-only splat expression.',
    p.nextSpan(),
  )
}
