import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import { quote } from '../../core/go/quote.ts'
import { isGitUrl } from '../elements/remote-url.ts'
import type { OutputEntry, Plan, ResolvedTarget, SecretEntry, SshEntry } from '../plan.ts'
import { sinkOf } from './validate.ts'

/** Largest secret file, as the reference has it. */
export const SECRET_LIMIT_BYTES: number = 500 * 1024

/** What is at a path the plan mentions. */
export type PathFact =
  /** `reason` as Go words it, without the operation: `no such file or directory`. */
  | { readonly kind: 'missing' | 'unreadable'; readonly reason: string }
  | {
      readonly kind: 'file'
      readonly sizeBytes: number
      /** For `ssh` paths: why the file is no private key, as `ssh: no key found`; absent when it is one. */
      readonly keyProblem?: string
    }
  | { readonly kind: 'directory' | 'socket' | 'other' }

/** One question of the planner to the disk. */
export interface WantedPath {
  readonly path: string
  readonly why: 'secret' | 'ssh' | 'output'
}

/** Everything outside the plan that spec bake 10.5 looks at. Paths that are not listed are not judged. */
export interface FileFacts {
  readonly paths: ReadonlyMap<string, PathFact>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdoutIsTerminal: boolean
}

/** The paths to look up before `checkFiles`, without repeats. */
export function wantedPaths(plan: Plan, env: FileFacts['env']): readonly WantedPath[] {
  const wanted = new Map<string, WantedPath>()
  const add = (path: string, why: WantedPath['why']): void => {
    wanted.set(`${why} ${path}`, { path, why })
  }
  for (const target of plan.targets.values()) {
    for (const secret of target.fields.secret ?? []) {
      const { src } = settleSecret(secret, env)
      if (src !== undefined) add(src, 'secret')
    }
    for (const agent of sshOf(target)) {
      for (const path of agentPaths(agent, env)) if (path !== '') add(path, 'ssh')
    }
    for (const output of target.fields.output ?? []) {
      const dest = output.attrs['dest']
      if (sinkOf(output) !== undefined && dest !== undefined && dest !== '-') add(dest, 'output')
    }
  }
  return [...wanted.values()]
}

/** A secret with its source settled: a variable named like it when there is one, else a file (spec bake 2.5). */
export function settleSecret(secret: SecretEntry, env: FileFacts['env']): SecretEntry {
  if (secret.src !== undefined || secret.env !== undefined) return secret
  const { id } = secret
  return Object.hasOwn(env, id) && env[id] !== undefined ? { id, env: id } : { id, src: id }
}

/** The ssh entries of a target; a git context over ssh brings the default agent. */
export function sshOf(target: ResolvedTarget): readonly SshEntry[] {
  const own = target.fields.ssh ?? []
  const context = target.fields.context ?? '.'
  const viaSsh = isGitUrl(context) && (context.startsWith('ssh://') || /^[^/:]+@/.test(context))
  return own.length === 0 && viaSsh ? [{ id: 'default', paths: [] }] : own
}

function agentPaths(agent: SshEntry, env: FileFacts['env']): readonly string[] {
  const named = agent.paths.length > 0 && !(agent.paths.length === 1 && agent.paths[0] === '')
  return named ? agent.paths : [env['SSH_AUTH_SOCK'] ?? '']
}

/** The checks of spec bake 10.5 that depend on files, variables or the terminal; one finding per target. */
export function checkFiles(plan: Plan, facts: FileFacts): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  for (const target of plan.targets.values()) {
    const found =
      firstOf(target.fields.secret, 'secret', (secret) => secretProblem(secret, facts)) ??
      firstOf(sshOf(target), 'ssh', (agent) => sshProblem(agent, facts)) ??
      firstOf(target.fields.output, 'output', (output) => outputProblem(output, facts))
    if (found === undefined) continue
    const span = target.fieldSpans?.get(found.key)
    diagnostics.push({
      severity: 'error',
      code: CODES[found.key],
      summary: found.summary,
      ...(span === undefined
        ? {}
        : { related: [{ span, label: `\`${found.key}\` of target "${target.name}"` }] }),
      ...(found.hint === undefined ? {} : { hints: [found.hint] }),
    })
  }
  return diagnostics
}

const CODES = { secret: 'load/secret', ssh: 'load/ssh', output: 'load/output' } as const

interface Finding {
  readonly summary: string
  readonly hint?: string
}

function firstOf<T>(
  items: readonly T[] | undefined,
  key: 'secret' | 'ssh' | 'output',
  check: (item: T) => Finding | undefined,
): (Finding & { readonly key: 'secret' | 'ssh' | 'output' }) | undefined {
  for (const item of items ?? []) {
    const finding = check(item)
    if (finding !== undefined) return { ...finding, key }
  }
  return undefined
}

function secretProblem(secret: SecretEntry, facts: FileFacts): Finding | undefined {
  const settled = settleSecret(secret, facts.env)
  if (settled.src === undefined) return undefined
  const fact = facts.paths.get(settled.src)
  if (fact?.kind === 'missing' || fact?.kind === 'unreadable') {
    const summary = `failed to stat ${settled.src}: stat ${settled.src}: ${fact.reason}`
    if (secret.src !== undefined) return { summary }
    return {
      summary,
      hint: `set the variable ${secret.id}, or say where secret "${secret.id}" comes from: src= or env=`,
    }
  }
  if (fact?.kind === 'file' && fact.sizeBytes > SECRET_LIMIT_BYTES) {
    return { summary: `secret ${settled.id} too big. max size 500KB` }
  }
  return undefined
}

function sshProblem(agent: SshEntry, facts: FileFacts): Finding | undefined {
  const shown = `failed to convert agent config {${agent.id} [${agent.paths.join(' ')}] false}`
  const inner = `${shown}: failed to convert agent config for ID: ${quote(agent.id)}`
  for (const path of agentPaths(agent, facts.env)) {
    if (path === '') {
      return {
        summary: `${shown}: invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set`,
        hint: 'start an ssh agent, or name a key file: ssh = ["default=PATH"]',
      }
    }
    const fact = facts.paths.get(path)
    if (fact?.kind === 'missing' || fact?.kind === 'unreadable') {
      return { summary: `${inner}: stat ${path}: ${fact.reason}` }
    }
    if (fact?.kind === 'file' && fact.keyProblem !== undefined) {
      return { summary: `${inner}: failed to parse ${path}: ${fact.keyProblem}` }
    }
    if (fact?.kind === 'directory') {
      return { summary: `${inner}: failed to read ${path}: read ${path}: is a directory` }
    }
  }
  return undefined
}

function outputProblem(output: OutputEntry, facts: FileFacts): Finding | undefined {
  const sink = sinkOf(output)
  const dest = output.attrs['dest']
  if (sink === undefined || dest === undefined) return undefined
  if (dest === '-' && sink === 'file') {
    if (!facts.stdoutIsTerminal) return undefined
    return { summary: `dest file is required for ${output.type} exporter. refusing to write to console` }
  }
  const fact = facts.paths.get(dest)
  if (fact === undefined || fact.kind === 'missing') return undefined
  if (fact.kind === 'unreadable') {
    const what = sink === 'directory' ? 'directory' : 'file'
    return { summary: `invalid destination ${what}: ${dest}: stat ${dest}: ${fact.reason}` }
  }
  if (sink === 'directory' && fact.kind !== 'directory') {
    return { summary: `destination directory ${dest} is a file` }
  }
  if (sink === 'file' && fact.kind === 'directory')
    return { summary: `destination file ${dest} is a directory` }
  return undefined
}
