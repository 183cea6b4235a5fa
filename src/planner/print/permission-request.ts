import posix from 'node:path/posix'
import { quote } from '../../core/go/quote.ts'
import type { Permissions } from '../resolve/entitlements.ts'

/** What the text for the user depends on besides the permissions. */
export interface RequestSurroundings {
  /** Absolute, without symlinks. */
  readonly cwd: string
  /** The command line, to be shown with the flags put in. */
  readonly argv: readonly string[]
  /** Whether somebody can answer. */
  readonly terminal: boolean
}

interface Line {
  readonly bullet: string
  readonly flag: string
}

/** The `--allow` flags that would grant everything missing, in printing order. */
export function allowFlags(missing: Permissions, cwd: string): readonly string[] {
  return lines(missing, cwd).map((line) => `--allow=${line.flag}`)
}

/** The text that lists missing permissions and how to grant them (spec bake 12), without hint and prompt. */
export function renderPermissionRequest(missing: Permissions, around: RequestSurroundings): string {
  const listed = lines(missing, around.cwd)
  const flags = listed.map((line) => `--allow=${line.flag}`).join(' ')
  const advice = around.terminal
    ? `In order to not see this message in the future pass ${quote(flags)} to grant requested privileges.`
    : `Pass ${quote(flags)} to grant requested privileges.`
  const heading = 'Your build is requesting privileges for following possibly insecure capabilities:'
  const bullets = listed.map((line) => ` - ${line.bullet}\n`).join('')
  return `${heading}\n\n${bullets}\n${advice}\n${fullCommand(flags, around.argv)}`
}

function fullCommand(flags: string, argv: readonly string[]): string {
  const at = argv.indexOf('bake')
  if (at < 0) return ''
  const before = argv.slice(0, at + 1).join(' ')
  const after = argv.slice(at + 1).join(' ')
  return `\nYour full command with requested privileges:\n\n${before} ${flags} ${after}\n\n`
}

function lines(missing: Permissions, cwd: string): readonly Line[] {
  const found: Line[] = []
  const add = (wanted: boolean, bullet: string, flag: string): void => {
    if (wanted) found.push({ bullet, flag })
  }
  add(missing.networkHost, 'Running build containers that can access host network', 'network.host')
  add(
    missing.securityInsecure,
    'Running privileged containers that can make system changes',
    'security.insecure',
  )
  if (missing.devices === 'all') add(true, 'Access to CDI devices', 'device')
  else for (const device of missing.devices) add(true, `Access to device ${device}`, `device=${device}`)
  add(missing.localDelete, 'Deleting stale files from local output destinations', 'buildx.local.delete')
  add(missing.ssh, 'Forwarding default SSH agent socket', 'ssh')
  const both = missing.read.filter((path) => missing.write.includes(path))
  const onlyRead = missing.read.filter((path) => !both.includes(path))
  const onlyWritten = missing.write.filter((path) => !both.includes(path))
  for (const path of shown(both, cwd)) add(true, `Read and write access to path ${path}`, `fs=${path}`)
  for (const path of shown(onlyRead, cwd)) add(true, `Read access to path ${path}`, `fs.read=${path}`)
  for (const path of shown(onlyWritten, cwd)) add(true, `Write access to path ${path}`, `fs.write=${path}`)
  return found
}

/** Relative to `cwd` unless that needs two or more `..`. */
function shown(paths: readonly string[], cwd: string): readonly string[] {
  return paths.map((path) => {
    if (!path.startsWith('/')) return path
    const relative = posix.relative(cwd, path) || '.'
    return relative.startsWith('../..') ? path : relative
  })
}
