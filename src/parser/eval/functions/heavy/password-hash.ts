import bcrypt from 'bcryptjs'

/** A password hash in modular crypt format, or why there is none. */
export type PasswordHash =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string }

/** The format's own limits. */
const MIN_COST = 4
const MAX_COST = 31
/** Each step doubles the time; this one takes minutes already. */
const MAX_BEARABLE_COST = 18
const DEFAULT_COST = 10
const MAX_PASSWORD_BYTES = 72

/** Hashes a password with a salt of 16 bytes; costs too low for the format become 10. */
export function hashPassword(password: string, wanted: number, salt: Uint8Array): PasswordHash {
  const cost = wanted < MIN_COST ? DEFAULT_COST : wanted
  if (new TextEncoder().encode(password).length > MAX_PASSWORD_BYTES) {
    return { ok: false, message: `bcrypt: password length exceeds ${MAX_PASSWORD_BYTES} bytes` }
  }
  if (cost > MAX_COST) {
    const range = `allowed inclusive range ${MIN_COST}..${MAX_COST}`
    return { ok: false, message: `crypto/bcrypt: cost ${cost} is outside ${range}` }
  }
  if (cost > MAX_BEARABLE_COST) {
    return { ok: false, message: `bcrypt: cost ${cost} would take too long; at most ${MAX_BEARABLE_COST}` }
  }
  const setting = `$2a$${String(cost).padStart(2, '0')}$${bcrypt.encodeBase64(Array.from(salt), 16)}`
  return { ok: true, text: bcrypt.hashSync(password, setting) }
}
