import { isAbsolute } from 'node:path'
import { BuildFailure } from '../../core/failure.ts'
import { parseBool } from '../../core/go/bool.ts'
import type { DriverOption, NodeConfig } from '../node-config.ts'

export const REMOTE_OPTIONS: readonly DriverOption[] = [
  { name: 'cacert', doc: 'Absolute path of the only CA certificates that are trusted' },
  { name: 'cert', doc: 'Absolute path of the client certificate' },
  { name: 'key', doc: 'Absolute path of the key of the client certificate' },
  { name: 'servername', doc: 'Name in the certificate of the daemon; by default the host of the address' },
  { name: 'default-load', doc: 'Load images into the Engine when a target has no output' },
]

/** Files and names of a secured connection. */
export interface RemoteTls {
  readonly caFile: string
  readonly clientFiles?: { readonly cert: string; readonly key: string }
  readonly serverName?: string
}

/** The options of a node, read. */
export interface RemoteOptions {
  readonly tls?: RemoteTls
  readonly defaultLoad: boolean
}

/** Reads the options of a remote node (spec buildkit 1.5). Throws `BuildFailure` (`driver`) in the reference's words. */
export function readRemoteOptions(node: NodeConfig): RemoteOptions {
  if ((node.flags ?? []).length > 0)
    throw refused('setting buildkit flags is not supported for remote driver')
  if (Object.keys(node.files ?? {}).length > 0)
    throw refused('setting config file is not supported for remote driver')
  let defaultLoad = false
  for (const [name, value] of Object.entries(node.options).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!REMOTE_OPTIONS.some((option) => option.name === name))
      throw refused(`invalid driver option ${name} for remote driver`)
    if (name === 'default-load') defaultLoad = readSwitch(value)
    else if (name !== 'servername' && !isAbsolute(value))
      throw refused(`non-absolute path '${value}' provided for ${name}`)
  }
  const tls = readTls(node.options)
  return { defaultLoad, ...(tls && { tls }) }
}

function readSwitch(value: string): boolean {
  const parsed = parseBool(value)
  if (parsed !== undefined) return parsed
  throw refused(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`)
}

function readTls(options: NodeConfig['options']): RemoteTls | undefined {
  const { cacert = '', cert = '', key = '', servername = '' } = options
  if (cacert === '' && cert === '' && key === '' && servername === '') return undefined
  const missing = [
    ...(cacert === '' ? ['cacert'] : []),
    ...(cert === '' && key !== '' ? ['cert'] : []),
    ...(key === '' && cert !== '' ? ['key'] : []),
  ]
  if (missing.length > 0) throw refused(`tls enabled, but missing keys ${missing.join(', ')}`)
  return {
    caFile: cacert,
    ...(cert !== '' && { clientFiles: { cert, key } }),
    ...(servername !== '' && { serverName: servername }),
  }
}

function refused(message: string): BuildFailure {
  return new BuildFailure('driver', message, {
    code: 'DRIVER_OPTION',
    hints: [
      `the remote driver has the options ${REMOTE_OPTIONS.map((option) => option.name).join(', ')} and none for the daemon itself`,
    ],
  })
}
