// Columns of text for a terminal. Pure.

/** @param lines at least one; all with as many cells */
export function asTable(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((cells) => [...cells[column]!].length)));
  const padded = (text: string, width: number) => text + ' '.repeat(width - [...text].length);
  return lines
    .map((cells) =>
      cells
        .map((text, column) => padded(text, widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
