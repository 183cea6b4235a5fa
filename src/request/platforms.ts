import {
  canRun,
  formatPlatform,
  normalizePlatform,
  type Platform,
  parsePlatform,
} from '../core/oci/platform.ts'

const NOTHING: Platform = { os: '', architecture: '' }

/** `os/arch[/variant]` in the daemon's spelling; `local` is this machine (spec buildkit 7.2). */
export function frontendPlatform(text: string, localPlatform: string): string {
  return spellPlatform(text === 'local' ? localPlatform : text.trim())
}

/** The settled spelling of a platform; a text that is none stays as it is. */
export function spellPlatform(text: string): string {
  const parsed = parsePlatform(text)
  return parsed.ok ? formatPlatform(normalizePlatform(parsed.value)) : text
}

/** Whether a worker of platform `have` runs `want`: 2 exactly, 1 by compatibility, 0 not. */
export function platformFit(have: string, want: string): 0 | 1 | 2 {
  if (spellPlatform(have) === want) return 2
  return canRun(toPlatform(have), toPlatform(want)) ? 1 : 0
}

function toPlatform(text: string): Platform {
  const parsed = parsePlatform(text)
  return parsed.ok ? parsed.value : NOTHING
}
