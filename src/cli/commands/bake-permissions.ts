import { BuildFailure } from '../../core/failure.ts'
import { parseBool } from '../../core/go/bool.ts'
import { quote } from '../../core/go/quote.ts'
import type { Host } from '../../host/host.ts'
import { resolvePath } from '../../load/files.ts'
import type { Plan } from '../../planner/plan.ts'
import { renderPermissionRequest } from '../../planner/print/permission-request.ts'
import { type Permissions, permissionsNeeded, withOwnGrants } from '../../planner/resolve/entitlements.ts'
import {
  hasCapabilities,
  hasFileAccess,
  isNothing,
  missingPermissions,
  type PlacedPath,
  pathsToPlace,
} from '../../planner/resolve/missing-permissions.ts'

/** What the check depends on besides the plan. */
export interface PermissionInput {
  readonly granted: Permissions
  readonly argv: readonly string[]
  /** With `rawjson` nobody reads a prompt: only deleting local files is checked (spec bake 12). */
  readonly rawJson: boolean
  readonly host: Host
  /** The definition was fetched: BAKE_ALLOW_REMOTE_FS_ACCESS counts too. */
  readonly isRemote: boolean
  /** Called before anything is written. */
  readonly beforeText: () => void
}

/**
 * Refuses a plan that asks for more than was allowed, or asks on a terminal. Throws `BuildFailure` when it
 * is refused; the text that says what to allow has then been written.
 */
export async function checkPermissions(plan: Plan, input: PermissionInput): Promise<void> {
  const { host, rawJson } = input
  const cwd = await host.realPath(host.cwd)
  const needed = permissionsNeeded(plan)
  const granted = withOwnGrants(input.granted, plan.grants, cwd)
  const placed = new Map<string, PlacedPath>()
  for (const path of pathsToPlace(needed, granted)) placed.set(path, await place(path, host))
  const missing = missingPermissions(needed, granted, placed)
  if (isNothing(missing)) return
  if (rawJson) {
    if (!missing.localDelete) return
    throw refused(
      'additional privileges requested: pass "--allow=buildx.local.delete" to grant requested privileges',
    )
  }
  input.beforeText()
  const terminal = host.stdin.isTTY === true
  host.stderr.write(renderPermissionRequest(missing, { cwd, argv: input.argv, terminal }))
  const checksFiles = fileChecks(host, input.isRemote)
  if (hasFileAccess(missing) && checksFiles) {
    host.stderr.write(
      'To disable filesystem entitlements checks, you can set BUILDX_BAKE_ENTITLEMENTS_FS=0 .\n\n',
    )
  }
  if (!hasCapabilities(missing) && !checksFiles) return
  if (terminal && (await isGranted(host))) return
  throw refused('additional privileges requested')
}

function refused(message: string): BuildFailure {
  return new BuildFailure('solve', message, { code: 'PRIVILEGES' })
}

/**
 * Whether ssh and paths are checked; on unless a variable says otherwise. BUILDX_BAKE_ENTITLEMENTS_FS wins
 * over BAKE_ALLOW_REMOTE_FS_ACCESS, which is for definitions that were fetched (spec bake 12). Looked at only
 * when something is missing; the former has to hold a value when it is set.
 */
function fileChecks(host: Host, isRemote: boolean): boolean {
  const remote = isRemote ? host.env['BAKE_ALLOW_REMOTE_FS_ACCESS'] : undefined
  const allowed =
    remote === undefined || remote === '' ? false : switchValue('BAKE_ALLOW_REMOTE_FS_ACCESS', remote)
  const checked = host.env['BUILDX_BAKE_ENTITLEMENTS_FS']
  return checked === undefined ? !allowed : switchValue('BUILDX_BAKE_ENTITLEMENTS_FS', checked)
}

function switchValue(name: string, text: string): boolean {
  const value = parseBool(text)
  if (value !== undefined) return value
  throw new BuildFailure(
    'io',
    `failed to parse ${name} value ${quote(text)}: strconv.ParseBool: parsing ${quote(text)}: invalid syntax`,
    { code: 'BAD_SWITCH', hints: ['set it to true or false, or unset it'] },
  )
}

/** The deepest ancestor that exists, links resolved, and what lies below it. */
async function place(path: string, host: Host): Promise<PlacedPath> {
  let existing = resolvePath(host, path)
  const rest: string[] = []
  for (;;) {
    try {
      return { existing: await host.realPath(existing), rest: rest.join('/') }
    } catch {
      const slash = Math.max(existing.lastIndexOf('/'), existing.lastIndexOf('\\'))
      if (slash <= 0)
        return { existing: '/', rest: [existing.slice(1), ...rest].filter((s) => s !== '').join('/') }
      const name = existing.slice(slash + 1)
      if (name !== '' && name !== '.') rest.unshift(name)
      existing = existing.slice(0, slash)
    }
  }
}

/** One line from the terminal; only `y` or `Y` grants. */
async function isGranted(host: Host): Promise<boolean> {
  host.stderr.write('Do you want to grant requested privileges and continue? [y/N] ')
  let line = ''
  for await (const chunk of host.stdin) {
    line += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk as Uint8Array)
    if (line.includes('\n')) break
  }
  return ['y', 'Y'].includes(line.split('\n')[0]?.trim() ?? '')
}
