import posix from 'node:path/posix'
import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import { parseCsvValue } from '../../core/go/csv-value.ts'
import { cleanPath } from '../../core/go/path-clean.ts'
import { quote } from '../../core/go/quote.ts'
import { isRemoteUrl } from '../elements/remote-url.ts'
import type { OverrideGrants, Plan, ResolvedTarget, TargetFields } from '../plan.ts'
import { sshOf } from './file-facts.ts'
import { sinkOf } from './validate.ts'

/** Permissions: what a plan needs, what `--allow` grants, or what is missing (spec bake 12). */
export interface Permissions {
  readonly networkHost: boolean
  readonly securityInsecure: boolean
  /** Deleting stale files from local output destinations. */
  readonly localDelete: boolean
  readonly ssh: boolean
  /** CDI device names; `all` is any device. */
  readonly devices: 'all' | readonly string[]
  /** Paths as written; `*` among granted ones is everything. */
  readonly read: readonly string[]
  readonly write: readonly string[]
}

export const NO_PERMISSIONS: Permissions = {
  networkHost: false,
  securityInsecure: false,
  localDelete: false,
  ssh: false,
  devices: [],
  read: [],
  write: [],
}

/** Reads `--allow` values. */
export function parseAllow(values: readonly string[]): Checked<Permissions> {
  let granted = NO_PERMISSIONS
  for (const value of values) {
    const next = grant(granted, value)
    if (typeof next === 'string') return { value: granted, diagnostics: [refused(next)] }
    granted = next
  }
  return { value: granted, diagnostics: [] }
}

function refused(summary: string): Diagnostic {
  return { severity: 'error', code: 'entitlement/refused', summary }
}

/** One more grant, or why the text is none. */
function grant(granted: Permissions, text: string): Permissions | string {
  if (text === 'network.host') return { ...granted, networkHost: true }
  if (text === 'security.insecure') return { ...granted, securityInsecure: true }
  if (text === 'ssh') return { ...granted, ssh: true }
  if (text === 'buildx.local.delete') return { ...granted, localDelete: true }
  const equals = text.indexOf('=')
  const key = equals < 0 ? text : text.slice(0, equals)
  const value = equals < 0 ? '' : text.slice(equals + 1)
  switch (key) {
    case 'device':
      return grantDevice(granted, value)
    case 'fs.read':
      return { ...granted, read: [...granted.read, value] }
    case 'fs.write':
      return { ...granted, write: [...granted.write, value] }
    case 'fs':
      return { ...granted, read: [...granted.read, value], write: [...granted.write, value] }
    case 'image':
    case 'image.push':
    case 'image.load':
      return granted
    case 'buildx.local.delete':
      return 'buildx.local.delete does not accept a value'
    default:
      return `unknown entitlement key ${quote(key)}`
  }
}

function grantDevice(granted: Permissions, text: string): Permissions | string {
  if (text === '' || granted.devices === 'all') return { ...granted, devices: 'all' }
  const record = parseCsvValue(text)
  if (!record.ok) return `failed to parse device entitlement ${quote(text)}: ${record.message}`
  return { ...granted, devices: [...granted.devices, record.fields[0] ?? ''] }
}

/** Adds what `--set` allows by itself, and reading and writing below `cwd`. */
export function withOwnGrants(
  granted: Permissions,
  grants: OverrideGrants | undefined,
  cwd: string,
): Permissions {
  const own = new Set(grants?.entitlements)
  return {
    ...granted,
    networkHost: granted.networkHost || own.has('network.host'),
    securityInsecure: granted.securityInsecure || own.has('security.insecure'),
    read: [...granted.read, cwd, ...(grants?.read ?? [])],
    write: [...granted.write, cwd, ...(grants?.write ?? [])],
  }
}

/** Everything the targets of a plan ask for; paths as written, without repeats. */
export function permissionsNeeded(plan: Plan): Permissions {
  const targets = [...plan.targets.values()]
  const wanted = new Set(targets.flatMap((target) => target.fields.entitlements ?? []))
  return {
    networkHost: wanted.has('network.host'),
    securityInsecure: wanted.has('security.insecure'),
    devices: devicesNeeded(wanted),
    localDelete: targets.some((target) => deletes(target.fields)),
    ssh: targets.some((target) => sshOf(target).some((agent) => agent.paths.length === 0)),
    read: [...new Set(targets.flatMap(pathsRead))],
    write: [...new Set(targets.flatMap((target) => pathsWritten(target.fields)))],
  }
}

function devicesNeeded(wanted: ReadonlySet<string>): 'all' | readonly string[] {
  if (wanted.has('device')) return 'all'
  const named = [...wanted].filter((text) => text.startsWith('device='))
  return named.map((text) => {
    const record = parseCsvValue(text.slice('device='.length))
    return record.ok ? (record.fields[0] ?? '') : text.slice('device='.length)
  })
}

function deletes(fields: TargetFields): boolean {
  return (fields.output ?? []).some((output) => output.type === 'local' && output.attrs['mode'] === 'delete')
}

function pathsRead(target: ResolvedTarget): readonly string[] {
  const { fields } = target
  const caches = (fields.cacheFrom ?? []).filter((entry) => entry.type === 'local')
  return [
    ...localPaths([fields.context ?? '.', dockerfilePath(fields), ...(fields.contexts?.values() ?? [])]),
    ...caches.flatMap((entry) => entry.attrs['src'] ?? []),
    ...(fields.secret ?? []).flatMap((secret) => secret.src ?? []),
    ...sshOf(target).flatMap((agent) => agent.paths),
  ]
}

/** The Dockerfile as a path from the working directory. */
function dockerfilePath(fields: TargetFields): string {
  const { context = '.', dockerfile = 'Dockerfile' } = fields
  if (dockerfile.startsWith('cwd://') || isRemoteUrl(dockerfile)) return dockerfile
  const path = cleanPath(dockerfile)
  return isRemoteUrl(context) || path.startsWith('/') ? path : posix.join(context, path)
}

function localPaths(values: readonly string[]): readonly string[] {
  const remote = ['target:', 'docker-image:', 'oci-layout:']
  return values
    .filter((value) => !isRemoteUrl(value) && !remote.some((prefix) => value.startsWith(prefix)))
    .map((value) => (value.startsWith('cwd://') ? value.slice('cwd://'.length) : value))
}

function pathsWritten(fields: TargetFields): readonly string[] {
  const outputs = (fields.output ?? []).filter((output) => sinkOf(output) !== undefined)
  const caches = (fields.cacheTo ?? []).filter((entry) => entry.type === 'local')
  return [...outputs, ...caches].flatMap(({ attrs }) => attrs['dest'] ?? []).filter((dest) => dest !== '-')
}
