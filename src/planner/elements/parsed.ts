/** An element of a list-valued key, or why its text or object is refused. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string }

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value }
}

export function refusal(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message }
}
