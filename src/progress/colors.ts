/** Which parts of the live list are coloured. */
export type ColorRole = 'run' | 'cancel' | 'error' | 'warning'
export type Colors = Readonly<Record<ColorRole, string>>

export const RESET = '\u001b[0m'
export const FAINT = '\u001b[2m'

const NAMES: Readonly<Record<string, number>> = {
  black: 30,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  white: 37,
}
const ROLES: readonly ColorRole[] = ['run', 'cancel', 'error', 'warning']

/**
 * Colours from `NO_COLOR` and `BUILDKIT_COLORS` (spec cli 12). Faults are told as texts and otherwise
 * ignored. An empty string means no colour.
 */
export function readColors(env: Readonly<Record<string, string | undefined>>): {
  readonly colors: Colors
  readonly remarks: readonly string[]
} {
  const none: Colors = { run: '', cancel: '', error: '', warning: '' }
  if (env['NO_COLOR']) return { colors: none, remarks: [] }
  const colors: Record<ColorRole, string> = {
    run: sgr(34),
    cancel: sgr(33),
    error: sgr(31),
    warning: sgr(33),
  }
  const remarks: string[] = []
  for (const field of (env['BUILDKIT_COLORS'] ?? '').split(':')) {
    if (field === '') continue
    const [key = '', value = ''] = field.split('=')
    const role = ROLES.find((r) => r === key)
    const code = colorCode(value)
    if (!role)
      remarks.push(`Unknown key found in BUILDKIT_COLORS (expected: run, cancel, error, or warning): ${key}`)
    else if (code === undefined) remarks.push(`Unknown color value found in BUILDKIT_COLORS: ${field}`)
    else colors[role] = code
  }
  return { colors, remarks }
}

export function paint(text: string, color: string): string {
  return color === '' ? text : `${color}${text}${RESET}`
}

function colorCode(value: string): string | undefined {
  const rgb = /^(\d{1,3}),(\d{1,3}),(\d{1,3})$/.exec(value)
  if (rgb)
    return rgb.slice(1).every((n) => Number(n) < 256) ? `\u001b[38;2;${rgb.slice(1).join(';')}m` : undefined
  const light = value.startsWith('light-')
  const code = NAMES[light ? value.slice('light-'.length) : value]
  return code === undefined ? undefined : sgr(light ? code + 60 : code)
}

function sgr(code: number): string {
  return `\u001b[${code}m`
}
