import { type Diagnostic, hasErrors } from '../core/diag/diagnostic.ts'
import { orderDiagnostics, withoutFollowUps } from '../core/diag/order.ts'
import { renderDiagnosticJson } from '../core/diag/render-json.ts'
import { renderReferenceLine } from '../core/diag/render-reference.ts'
import { type RenderOptions, renderDiagnostic } from '../core/diag/render-text.ts'
import type { FileTable } from '../core/source/file-table.ts'
import type { Host } from '../host/host.ts'

/** How many diagnostics are shown in full; a definition with more is broken as a whole. */
const MAX_SHOWN = 50

/**
 * Shows what was found. With errors the last line is the reference's, because scripts look for it, and
 * the answer is true: the run stops.
 */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  table: FileTable,
  host: Host,
  format: 'text' | 'json',
): boolean {
  if (diagnostics.length === 0) return false
  const ordered = withoutFollowUps(orderDiagnostics(diagnostics))
  const look = lookOf(host)
  for (const one of worthShowing(ordered)) {
    host.stderr.write(
      format === 'json'
        ? `${JSON.stringify(renderDiagnosticJson(one, table))}\n`
        : `${renderDiagnostic(one, table, look)}\n\n`,
    )
  }
  if (ordered.length > MAX_SHOWN && format === 'text') {
    host.stderr.write(`${ordered.length - MAX_SHOWN} more of these are not shown\n\n`)
  }
  if (!hasErrors(diagnostics)) return false
  host.stderr.write(`${renderReferenceLine(diagnostics, table)}\n`)
  return true
}

/** All of them in order unless there are too many; then errors go before warnings. */
function worthShowing(ordered: readonly Diagnostic[]): readonly Diagnostic[] {
  if (ordered.length <= MAX_SHOWN) return ordered
  const errors = ordered.filter((one) => one.severity === 'error')
  const warnings = ordered.filter((one) => one.severity === 'warning')
  return [...errors, ...warnings].slice(0, MAX_SHOWN)
}

/** Only a terminal has a width that matters. */
function lookOf(host: Host): RenderOptions {
  if (host.stderr.isTTY !== true) return {}
  const { columns } = host.stderr
  return { color: wantsColor(host), ...(columns === undefined || columns === 0 ? {} : { columns }) }
}

/** Colour on a terminal, unless NO_COLOR says otherwise. */
export function wantsColor(host: Host): boolean {
  return host.stderr.isTTY === true && (host.env['NO_COLOR'] ?? '') === ''
}
