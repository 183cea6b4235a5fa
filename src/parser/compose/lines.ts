/** The 1-based line of a UTF-16 offset. */
export function lineOf(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/** `line 3, column 5`, as the reference's YAML reader names a place; it leaves the first column out. */
export function placeOf(text: string, offset: number): string {
  const column = offset - (text.lastIndexOf('\n', offset - 1) + 1)
  return `line ${lineOf(text, offset)}${column === 0 ? '' : `, column ${column + 1}`}`
}
