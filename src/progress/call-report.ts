import type { Plan, ResolvedTarget } from '../planner/plan.ts'
import { type Json, renderJson } from '../planner/print/json.ts'
import { planJson } from '../planner/print/render-plan.ts'
import { checkError } from './call-error.ts'

/** What subrequests answered by target: `result.json`, `result.txt`, `result.statuscode`. */
export type CallAnswers = ReadonlyMap<string, Readonly<Record<string, string>>>

export interface CallReportOptions {
  readonly format: 'text' | 'json'
  readonly ignoreStatus: boolean
}

/** Text for standard output and the exit status of a run with subrequests. */
export interface CallReport {
  readonly text: string
  readonly status: number
}

/** Shows the answers of `--call` (spec bake 10.7, cli 4.4): targets by name, each behind its description. */
export function renderCalls(plan: Plan, answers: CallAnswers, options: CallReportOptions): CallReport {
  const called = [...plan.targets.values()].filter((t) => callName(t) !== '')
  const status = called.map((target) => statusOf(target, answers, options)).find((code) => code !== 0) ?? 0
  const text = options.format === 'json' ? jsonReport(plan, answers) : textReport(called, answers)
  return { text, status }
}

/** A check that could not be ended fails whatever the caller ignores. */
function statusOf(target: ResolvedTarget, answers: CallAnswers, options: CallReportOptions): number {
  const answer = answers.get(target.name) ?? {}
  if (callName(target) === 'lint' && lintError(answer['result.json'] ?? '', target) !== undefined) return 1
  return options.ignoreStatus ? 0 : Number(answer['result.statuscode'] ?? '0')
}

function textReport(called: readonly ResolvedTarget[], answers: CallAnswers): string {
  return called
    .map((target) => {
      const { description } = target.fields
      const head = `${target.name}\n${description ? `${description}\n` : ''}\n`
      return head + answerText(target, answers.get(target.name) ?? {})
    })
    .join('\n')
}

function answerText(target: ResolvedTarget, answer: Readonly<Record<string, string>>): string {
  const body = answer['result.txt'] ?? answer['frontend.result.inlinemessage'] ?? ''
  if (callName(target) !== 'lint') return body
  const json = answer['result.json'] ?? ''
  const count = warningCount(json)
  const error = lintError(json, target)
  if (error === undefined) return lintHeading(count) + withShownName(body, target)
  const warnings = count === 0 ? '' : `${lintHeading(count)}${withShownName(body, target)}\n`
  return `${warnings}error: ${error}\n`
}

function lintError(json: string, target: ResolvedTarget): string | undefined {
  return checkError(parseJson(json), (file) => (isInline(target) && file === 'Dockerfile' ? 'inline' : file))
}

function warningCount(json: string): number {
  const parsed = parseJson(json)
  return isRecord(parsed) && Array.isArray(parsed['warnings']) ? parsed['warnings'].length : 0
}

function lintHeading(warnings: number): string {
  if (warnings === 0) return 'Check complete, no warnings found.\n'
  return `Check complete, ${warnings === 1 ? '1 warning has' : `${warnings} warnings have`} been found!\n`
}

function isInline(target: ResolvedTarget): boolean {
  return target.fields.dockerfileInline !== undefined
}

/** The frontend calls an inline Dockerfile by a name the user never wrote. */
function withShownName(text: string, target: ResolvedTarget): string {
  if (!isInline(target)) return text
  return text.replace(/^Dockerfile:(\d+)$/gm, 'inline:$1')
}

function jsonReport(plan: Plan, answers: CallAnswers): string {
  const members = new Map(planJson(plan))
  const targets = [...plan.targets].map(([name, target]): readonly [string, Json] => {
    const printed = (members.get('target') as ReadonlyMap<string, Json>).get(name) ?? null
    const call = callName(target)
    const parts = new Map<string, Json>([['build', printed]])
    const answer = answers.get(name)?.['result.json']
    if (call !== '' && answer !== undefined)
      parts.set(call === 'lint' ? 'check' : call, answerJson(answer, target))
    return [name, parts]
  })
  members.set('target', new Map(targets))
  return `${renderJson(members)}\n`
}

/** Members sorted as the reference has them; what is inside keeps its order. */
function answerJson(text: string, target: ResolvedTarget): Json {
  const json = toJson(parseJson(text))
  const error = callName(target) === 'lint' ? lintError(text, target) : undefined
  if (json instanceof Map && error !== undefined) json.set('error', error)
  return json instanceof Map ? new Map([...json].sort(([a], [b]) => (a < b ? -1 : 1))) : json
}

function callName(target: ResolvedTarget): string {
  const { call = '' } = target.fields
  if (call === 'build') return ''
  return call === 'check' ? 'lint' : call
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson)
  if (isRecord(value)) return new Map(Object.entries(value).map(([key, item]) => [key, toJson(item)]))
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
