/** `os/arch[/variant]` in the daemon's spelling; `local` is this machine (spec buildkit 7.2). */
export function frontendPlatform(text: string, localPlatform: string): string {
  return normalizePlatform(text === 'local' ? localPlatform : text)
}

const ARCH_ALIASES: Readonly<Record<string, readonly [string, string?]>> = {
  x86_64: ['amd64'],
  'x86-64': ['amd64'],
  amd64: ['amd64'],
  aarch64: ['arm64'],
  arm64: ['arm64'],
  armhf: ['arm', 'v7'],
  armel: ['arm', 'v6'],
  i386: ['386'],
}
const KNOWN_OS = new Set([
  'linux',
  'windows',
  'darwin',
  'freebsd',
  'openbsd',
  'netbsd',
  'wasi',
  'solaris',
  'macos',
])

export function normalizePlatform(text: string): string {
  const parts = text.trim().toLowerCase().split('/')
  const first = parts[0] ?? ''
  const bareOs = first.split('(')[0] ?? ''
  const [os, archText = '', variant = ''] =
    parts.length === 1 && !KNOWN_OS.has(bareOs)
      ? ['linux', first, '']
      : [first === 'macos' ? 'darwin' : first, parts[1], parts[2]]
  const [arch, impliedVariant] = ARCH_ALIASES[archText] ?? [archText]
  const kept = normalVariant(arch, variant || impliedVariant || '')
  return [os, arch, kept].filter((p) => p !== '').join('/')
}

/** `linux_arm64`-like folder name of a platform. */
export function platformFolder(platform: string): string {
  return platform.replaceAll('/', '_')
}

/** Whether a worker of platform `have` can run `want` at all, and how well; -1 = not. */
export function platformFit(have: string, want: string): number {
  if (have === want) return 100
  const [haveOs, haveArch, haveVariant = ''] = have.split('/')
  const [wantOs, wantArch, wantVariant = ''] = want.split('/')
  if (haveOs !== wantOs) return -1
  if (haveArch === 'amd64' && wantArch === '386') return 50
  if (haveArch === 'amd64' && wantArch === 'amd64') return levelFit(haveVariant || 'v1', wantVariant || 'v1')
  const armHave = haveArch === 'arm64' ? 8 : haveArch === 'arm' ? armLevel(haveVariant) : 0
  if (armHave > 0 && wantArch === 'arm' && armHave >= armLevel(wantVariant)) return 40 + armLevel(wantVariant)
  return -1
}

function levelFit(have: string, want: string): number {
  return Number(have.slice(1)) >= Number(want.slice(1)) ? 60 + Number(want.slice(1)) : -1
}

function armLevel(variant: string): number {
  return variant === '' ? 7 : Number(variant.replace('v', ''))
}

/** Variants that are the default of their architecture are left out, except for 32-bit ARM. */
function normalVariant(arch: string, variant: string): string {
  const text = /^\d/.test(variant) ? `v${variant}` : variant
  if (arch === 'arm64' && text === 'v8') return ''
  if (arch === 'amd64' && text === 'v1') return ''
  if (arch === 'arm' && text === '') return 'v7'
  return text
}
