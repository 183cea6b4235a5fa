import type { LogLines } from './log-lines.ts'

// Enough raw lines to fill a pane even when some wrap or are empty.
const LOOK_BACK = 40

/** The last lines of a step's output as a small terminal would show them: wrapped, `\r` starts over. */
export function logPane(logs: LogLines, height: number, columns: number): readonly string[] {
  const shown: string[] = []
  for (const line of logs.tail(LOOK_BACK)) {
    const text = lastRewrite(stripControls(line.bytes.toString('utf8')))
    for (let at = 0; at === 0 || at < text.length; at += columns) shown.push(text.slice(at, at + columns))
  }
  return shown.slice(-height).filter((text) => text.trim() !== '')
}

/** Text behind the last carriage return that is followed by something. */
function lastRewrite(text: string): string {
  return text.replace(/\r+$/, '').split('\r').at(-1) ?? ''
}

function stripControls(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .replace(/\u001b[^[]/g, '')
    .replaceAll('\t', '    ')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
}
