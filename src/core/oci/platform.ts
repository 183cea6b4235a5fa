import { quote } from '../go/quote.ts'

/** An operating system and processor; `variant` and `osVersion` are empty or absent when not said. */
export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
  readonly osVersion?: string
}

export type ParsedPlatform =
  | { readonly ok: true; readonly value: Platform }
  | { readonly ok: false; readonly message: string }

const OS_PATTERN = '^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$'
const PART_PATTERN = '^[A-Za-z0-9_.-]+$'
const OS_PART = new RegExp(OS_PATTERN)
const PART = new RegExp(PART_PATTERN)
const LINUX_AMD64: Platform = { os: 'linux', architecture: 'amd64' }

const KNOWN_OS: ReadonlySet<string> = new Set(
  (
    'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 ' +
    'solaris windows zos'
  ).split(' '),
)
const KNOWN_ARCHITECTURES: ReadonlySet<string> = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le ' +
    'mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
)

/**
 * Reads `os[(version)][/arch[/variant]]` or a bare architecture as containerd does (spec buildkit 7.2).
 * The half that a bare word leaves open comes from `host`.
 */
export function parsePlatform(text: string, host: Platform = LINUX_AMD64): ParsedPlatform {
  if (text.includes('*')) return refused(`${quote(text)}: wildcards not yet supported`)
  const parts = text.split('/')
  const bad = firstBadPart(text, parts.slice(0, 4))
  if (bad !== undefined) return refused(bad)
  const [, os = '', version = ''] = OS_PART.exec(parts[0] ?? '') ?? []
  const osVersion = version === '' ? {} : { osVersion: version }
  if (parts.length === 1) return parseWord(text, os, osVersion, host)
  if (parts.length > 3) return refused(`${quote(text)}: cannot parse platform specifier`)
  const [, architecture = '', variant = ''] = parts
  return { ok: true, value: normalizePlatform({ os, architecture, variant, ...osVersion }) }
}

/** Settles spellings: `x86_64` is `amd64`, `aarch64` and `arm64/v8` are `arm64`, `armhf` is `arm/v7`. */
export function normalizePlatform(p: Platform): Platform {
  const { architecture, variant } = normalizeProcessor(p.architecture, p.variant ?? '')
  return {
    os: normalizeOs(p.os),
    architecture,
    ...(variant !== '' && { variant }),
    ...(p.osVersion && { osVersion: p.osVersion }),
  }
}

/** `linux/arm/v7`, `windows(10.0.1)/amd64`; `unknown` without an operating system. */
export function formatPlatform(p: Platform): string {
  if (p.os === '') return 'unknown'
  const os = p.osVersion ? `${p.os}(${p.osVersion})` : p.os
  return [os, p.architecture, p.variant ?? ''].filter((part) => part !== '').join('/')
}

/** Whether both name the same platform; an os version counts only when both say one. */
export function matchesStrict(a: Platform, b: Platform): boolean {
  const x = normalizePlatform(a)
  const y = normalizePlatform(b)
  const sameVersion = !x.osVersion || !y.osVersion || x.osVersion === y.osVersion
  return x.os === y.os && sameProcessor(x, y) && sameVersion
}

/** Whether a host can run programs of the wanted platform without emulation. */
export function canRun(host: Platform, wanted: Platform): boolean {
  const from = normalizePlatform(host)
  const to = normalizePlatform(wanted)
  if (matchesStrict(from, to)) return true
  if (from.os !== to.os) return false
  return compatibleProcessors(from).some((processor) => sameProcessor({ ...processor, os: to.os }, to))
}

type Processor = Pick<Platform, 'architecture' | 'variant'>

/** What a processor also executes, the best first. */
function compatibleProcessors(p: Platform): readonly Processor[] {
  const level = Number(/^v(\d+)/.exec(p.variant ?? '')?.[1] ?? 0)
  const arm = (from: number): Processor[] =>
    [8, 7, 6, 5].filter((v) => v <= from).map((v) => ({ architecture: 'arm', variant: `v${v}` }))
  switch (p.architecture) {
    case 'amd64':
      return [
        ...below(level, 2).map((v) => ({ architecture: 'amd64', variant: v })),
        { architecture: 'amd64' },
        { architecture: '386' },
      ]
    case 'arm64':
      return [
        ...below(level, 9).map((v) => ({ architecture: 'arm64', variant: v })),
        { architecture: 'arm64' },
        ...arm(8),
      ]
    case 'arm':
      return arm(level)
    default:
      return []
  }
}

function below(level: number, lowest: number): readonly string[] {
  const variants: string[] = []
  for (let v = level - 1; v >= lowest; v--) variants.push(`v${v}`)
  return variants
}

function sameProcessor(a: Platform, b: Platform): boolean {
  return a.architecture === b.architecture && (a.variant ?? '') === (b.variant ?? '')
}

function firstBadPart(text: string, parts: readonly string[]): string | undefined {
  for (const [i, part] of parts.entries()) {
    if (i === 0 && !OS_PART.test(part)) {
      return `${quote(part)} is an invalid OS component of ${quote(text)}: OSAndVersion specifier component must match ${quote(OS_PATTERN)}`
    }
    if (i > 0 && !PART.test(part)) {
      return `${quote(part)} is an invalid component of ${quote(text)}: platform specifier component must match ${quote(PART_PATTERN)}`
    }
  }
  return undefined
}

function parseWord(
  text: string,
  word: string,
  osVersion: { readonly osVersion?: string },
  host: Platform,
): ParsedPlatform {
  const os = normalizeOs(word)
  if (KNOWN_OS.has(os)) {
    const { architecture, variant = '' } = host
    return { ok: true, value: normalizePlatform({ os, architecture, variant, ...osVersion }) }
  }
  const processor = normalizeProcessor(word, '')
  if (!KNOWN_ARCHITECTURES.has(processor.architecture)) {
    return refused(`${quote(text)}: unknown operating system or architecture`)
  }
  return { ok: true, value: normalizePlatform({ os: host.os, ...processor }) }
}

function normalizeOs(os: string): string {
  const lower = os.toLowerCase()
  return lower === 'macos' ? 'darwin' : lower
}

function normalizeProcessor(
  architecture: string,
  variant: string,
): { readonly architecture: string; readonly variant: string } {
  const name = architecture.toLowerCase()
  const kind = variant.toLowerCase()
  switch (name) {
    case 'i386':
      return { architecture: '386', variant: '' }
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return { architecture: 'amd64', variant: kind === 'v1' ? '' : kind }
    case 'aarch64':
    case 'arm64':
      return { architecture: 'arm64', variant: kind === '8' || kind === 'v8' ? '' : kind }
    case 'armhf':
      return { architecture: 'arm', variant: 'v7' }
    case 'armel':
      return { architecture: 'arm', variant: 'v6' }
    case 'arm':
      return { architecture: 'arm', variant: /^[5678]?$/.test(kind) ? `v${kind || '7'}` : kind }
    default:
      return { architecture: name, variant: kind }
  }
}

function refused(message: string): ParsedPlatform {
  return { ok: false, message: `${message}: invalid argument` }
}
