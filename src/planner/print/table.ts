/** Width of a tab stop; cells are at least one column apart. */
const STOP = 8

/**
 * Columns aligned with tab characters (spec bake 10.6), as Go's text/tabwriter aligns them: tabs and line
 * breaks inside a cell count as separators, the last cell of a line belongs to no column, and a column is as
 * wide as the widest cell among neighbouring lines that have it. Widths count code points.
 */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const text = rows.map((row) => row.join('\t')).join('\n')
  const lines = text.split(/[\n\f]/).map((line) => line.split(/[\t\v]/))
  const widths: number[][] = lines.map(() => [])
  const columns = Math.max(...lines.map((line) => line.length - 1))
  for (let column = 0; column < columns; column++) measureColumn(lines, widths, column)
  return lines.map((line, i) => `${renderLine(line, widths[i] ?? [])}\n`).join('')
}

/** Finds the runs of lines that have a cell in the column and sets one width for each run. */
function measureColumn(
  lines: readonly (readonly string[])[],
  widths: readonly number[][],
  column: number,
): void {
  let start = 0
  while (start < lines.length) {
    let end = start
    let widest = 0
    for (; column < (lines[end]?.length ?? 0) - 1; end++) {
      widest = Math.max(widest, lengthOf(lines[end]?.[column] ?? ''))
    }
    const width = Math.ceil((widest + 1) / STOP) * STOP
    for (const line of widths.slice(start, end)) line[column] = width
    start = Math.max(end, start + 1)
  }
}

function renderLine(line: readonly string[], widths: readonly number[]): string {
  return line
    .map((cell, column) => {
      const width = widths[column]
      return width === undefined ? cell : cell + '\t'.repeat(Math.ceil((width - lengthOf(cell)) / STOP))
    })
    .join('')
}

function lengthOf(cell: string): number {
  return [...cell].length
}
