import type { Permissions } from './entitlements.ts'

/**
 * A path as the disk has it: `existing` is the deepest ancestor that exists, absolute and without symlinks;
 * `rest` is what lies below it, "" when the path exists.
 */
export interface PlacedPath {
  readonly existing: string
  readonly rest: string
}

/** Paths to place before `missingPermissions`, without repeats. `*` is no path. */
export function pathsToPlace(needed: Permissions, granted: Permissions): readonly string[] {
  const all = [...needed.read, ...needed.write, ...granted.read, ...granted.write]
  return [...new Set(all)].filter((path) => path !== '*')
}

/**
 * What a plan needs and nobody granted (spec bake 12). Needed paths count as their deepest existing ancestor;
 * granted ones keep their missing tail. Missing paths come out absolute, sorted, without those below others.
 */
export function missingPermissions(
  needed: Permissions,
  granted: Permissions,
  placed: ReadonlyMap<string, PlacedPath>,
): Permissions {
  return {
    networkHost: needed.networkHost && !granted.networkHost,
    securityInsecure: needed.securityInsecure && !granted.securityInsecure,
    localDelete: needed.localDelete && !granted.localDelete,
    ssh: needed.ssh && !granted.ssh,
    devices: missingDevices(needed.devices, granted.devices),
    read: missingPaths(needed.read, granted.read, placed),
    write: missingPaths(needed.write, granted.write, placed),
  }
}

function missingDevices(
  needed: Permissions['devices'],
  granted: Permissions['devices'],
): Permissions['devices'] {
  if (granted === 'all') return []
  return needed === 'all' ? 'all' : needed.filter((device) => !granted.includes(device))
}

function missingPaths(
  needed: readonly string[],
  granted: readonly string[],
  placed: ReadonlyMap<string, PlacedPath>,
): readonly string[] {
  if (granted.includes('*')) return []
  const allowed = granted.flatMap((path) => {
    const place = placed.get(path)
    return place === undefined ? [] : [joinPath(place.existing, place.rest)]
  })
  const wanted = [...new Set(needed.flatMap((path) => placed.get(path)?.existing ?? []))]
  wanted.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  const outermost: string[] = []
  for (const path of wanted) {
    if (!outermost.some((parent) => isBelow(path, parent))) outermost.push(path)
  }
  return outermost.filter((path) => !allowed.some((parent) => isBelow(path, parent))).sort()
}

function joinPath(dir: string, rest: string): string {
  if (rest === '') return dir
  const separator = dir.includes('\\') && !dir.includes('/') ? '\\' : '/'
  return dir.endsWith(separator) ? `${dir}${rest}` : `${dir}${separator}${rest}`
}

function isBelow(path: string, parent: string): boolean {
  if (path === parent) return true
  if (!path.startsWith(parent)) return false
  return /[\\/]$/.test(parent) || /^[\\/]/.test(path.slice(parent.length))
}

/** Whether nothing is missing. */
export function isNothing(missing: Permissions): boolean {
  return !hasCapabilities(missing) && !hasFileAccess(missing)
}

/** Whether something is missing that no environment variable can wave through. */
export function hasCapabilities(missing: Permissions): boolean {
  const { networkHost, securityInsecure, localDelete, devices } = missing
  return networkHost || securityInsecure || localDelete || devices === 'all' || devices.length > 0
}

/** Whether ssh forwarding or paths are missing. */
export function hasFileAccess(missing: Permissions): boolean {
  return missing.ssh || missing.read.length > 0 || missing.write.length > 0
}
