// Which rows of a long list are in sight, and how to bring one there. Rows are equally high, so that this is arithmetic
// and costs the same for ten rows and for a million. Pure; knows no elements.

export interface RowView {
  /** How far the view's upper edge is below the list's, in pixels; negative while the list begins further down. */
  offset: number;
  /** Height of what shows the list. */
  height: number;
}

export interface RowWindow {
  first: number;
  /** One past the last. */
  end: number;
}

/** The rows in view, and so many more on either side. */
export function rowsInView({ offset, height }: RowView, rowHeight: number, count: number, overscan = 0): RowWindow {
  const first = Math.floor(offset / rowHeight) - overscan;
  const end = Math.ceil((offset + height) / rowHeight) + overscan;
  return { first: between(first, count), end: between(end, count) };
}

/** By how many pixels to scroll until the row is in sight whole; 0 when it is. */
export function scrollToRow(index: number, { offset, height }: RowView, rowHeight: number): number {
  const top = index * rowHeight - offset;
  if (top < 0) return top;
  return Math.max(0, top + rowHeight - height);
}

function between(index: number, count: number): number {
  return Math.max(0, Math.min(count, index));
}
