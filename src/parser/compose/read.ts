import type { ComposeInput, ComposeResult } from './input.ts'

/** Reads Compose files into targets (spec bake 9). */
export function readCompose(_input: ComposeInput): ComposeResult {
  return { kind: 'done', result: { value: { targets: new Map(), defaultGroup: null }, diagnostics: [] } }
}
