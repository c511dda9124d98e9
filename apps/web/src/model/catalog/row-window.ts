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

interface ShownRow {
  index: number;
  /** The same for the row that leaves on one side and the one that comes on the other: it is cheaper than a new one. */
  slot: number;
}

/**
 * The rows that exist. The one with the keyboard does, however far it is scrolled away: the focus would go with it.
 *
 * @param mostShown more than the window ever has
 */
export function shownRows(
  { first, end }: RowWindow,
  { mostShown, active, count }: { mostShown: number; active: number; count: number },
): ShownRow[] {
  const rows = Array.from({ length: end - first }, (_, at) => ({ index: first + at, slot: (first + at) % mostShown }));
  const isOut = active < count && (active < first || active >= end);
  return isOut ? [...rows, { index: active, slot: -1 }] : rows;
}

function between(index: number, count: number): number {
  return Math.max(0, Math.min(count, index));
}
