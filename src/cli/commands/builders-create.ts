import { createBuilder, leaveBuilder } from '../../builder/create-builder.ts'
import { openBuilder } from '../../builder/open-builder.ts'
import { isInstanceName } from '../../builder/store.ts'
import { parseCsvValue } from '../../core/go/csv-value.ts'
import { type Platform, parsePlatform } from '../../core/oci/platform.ts'
import type { Host } from '../../host/host.ts'
import { readTimeout, refuseArguments, refuseFlag } from '../arguments.ts'
import type { CommandInput } from '../command.ts'
import { EXIT } from '../exit.ts'
import { showBoot } from './builders-boot.ts'

interface Mistake {
  readonly code: `cli/${string}`
  readonly summary: string
  readonly hint: string
}
type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly mistake: Mistake }

/** `bakekit create` (spec cli 3.1). Throws `BuildFailure`. */
export async function runCreate(input: CommandInput): Promise<number> {
  const { flags, host } = input
  const { positionals } = flags
  if (positionals.length > 1) {
    const row = { name: 'create', usage: '[OPTIONS] [CONTEXT|ENDPOINT]' }
    return refuseArguments(input, row, 'requires at most 1 argument')
  }
  const refuse = ({ code, summary, hint }: Mistake): number => refuseFlag(input, code, summary, hint)
  const timeout = readTimeout(input)
  if (typeof timeout === 'string') {
    return refuse({ code: 'cli/timeout', summary: timeout, hint: 'write a duration such as 20s' })
  }
  const name = flags.strings.get('name') ?? ''
  const node = flags.strings.get('node') ?? ''
  if (flags.bools.get('leave') === true) {
    if (name === '') return refuse(needed('leave requires instance name', '--name'))
    if (node === '') return refuse(needed('leave requires node name', '--node'))
    await leaveBuilder(name, node, host)
    return EXIT.ok
  }
  const append = flags.bools.get('append') === true
  const problem = nameMistake(name, append)
  if (problem !== undefined) return refuse(problem)
  const options = readDriverOptions(flags.lists.get('driver-opt') ?? [])
  if (!options.ok) return refuse(options.mistake)
  const platforms = readPlatforms(flags.lists.get('platform') ?? [], host)
  if (!platforms.ok) return refuse(platforms.mistake)
  const config = flags.strings.get('buildkitd-config') ?? flags.strings.get('config') ?? ''
  if (config !== '') return refuse(await configMistake(config, host))
  const daemonFlags = (flags.strings.get('buildkitd-flags') ?? '').split(/\s+/).filter((word) => word !== '')
  const created = await createBuilder(
    {
      name,
      driver: flags.strings.get('driver') ?? '',
      node,
      endpoint: positionals[0] ?? '',
      platforms: platforms.value,
      ...(options.value && { options: options.value }),
      ...(daemonFlags.length > 0 && { flags: daemonFlags }),
      append,
      use: flags.bools.get('use') === true,
    },
    host,
  )
  if (created.changed) host.stderr.write('WARNING: new settings may not be used until builder is restarted\n')
  if (flags.bools.get('bootstrap') === true) {
    await showBoot(await openBuilder(created.record.name, host), host)
  }
  host.stdout.write(`${created.record.name}\n`)
  return EXIT.ok
}

function nameMistake(name: string, append: boolean): Mistake | undefined {
  if (name === 'default') {
    return {
      code: 'cli/builder-name',
      summary: 'default is a reserved name and cannot be used to identify builder instance',
      hint: 'choose another name',
    }
  }
  if (append && name === '') return needed('append requires a builder name', '--name')
  if (name === '' || isInstanceName(name)) return undefined
  return {
    code: 'cli/builder-name',
    summary: `invalid name ${name}, name needs to start with a letter and may not contain symbols, except ._-`,
    hint: 'use letters, digits, dots, underscores and hyphens',
  }
}

/** Absent when no option was given: then those of a recorded node stay. */
function readDriverOptions(texts: readonly string[]): Read<Readonly<Record<string, string>> | undefined> {
  if (texts.length === 0) return { ok: true, value: undefined }
  const options: Record<string, string> = {}
  for (const text of texts) {
    const record = parseCsvValue(text)
    const broken = (summary: string): Read<never> => ({
      ok: false,
      mistake: { code: 'cli/driver-opt', summary, hint: 'write --driver-opt NAME=VALUE[,NAME=VALUE]' },
    })
    if (!record.ok) return broken(record.message)
    for (const field of record.fields) {
      const equals = field.indexOf('=')
      if (equals < 0) return broken(`invalid value ${JSON.stringify(field)}, expecting k=v`)
      options[field.slice(0, equals).trim().toLowerCase()] = field.slice(equals + 1)
    }
  }
  return { ok: true, value: options }
}

function readPlatforms(texts: readonly string[], host: Host): Read<readonly Platform[]> {
  const local = parsePlatform(host.localPlatform)
  const platforms: Platform[] = []
  for (const text of texts.flatMap((list) => list.split(',')).map((one) => one.trim())) {
    if (text === '') continue
    const parsed = text === 'local' ? local : parsePlatform(text, local.ok ? local.value : undefined)
    if (!parsed.ok) {
      const hint = 'write platforms such as linux/amd64 or linux/arm/v7'
      return { ok: false, mistake: { code: 'cli/platform', summary: parsed.message, hint } }
    }
    platforms.push(parsed.value)
  }
  return { ok: true, value: platforms }
}

/** No driver of ours starts a daemon that could read one. */
async function configMistake(path: string, host: Host): Promise<Mistake> {
  const found = await host.stat(path)
  return {
    code: 'cli/buildkitd-config',
    summary:
      found === undefined
        ? `buildkit configuration file not found: ${path}: stat ${path}: no such file or directory`
        : 'setting config file is not supported for remote driver',
    hint: 'configure the BuildKit daemon where it is started',
  }
}

function needed(summary: string, flag: string): Mistake {
  return { code: 'cli/missing-flag', summary, hint: `add ${flag}` }
}
