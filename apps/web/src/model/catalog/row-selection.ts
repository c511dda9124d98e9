// Which rows are selected and which one the keyboard is on, as lists of files do it: arrows move, Shift extends from an
// anchor, Ctrl adds. Rows are known by key, so that a list that changes keeps its selection. Pure.

export interface RowSelection {
  keys: ReadonlySet<string>;
  /** The row the keyboard is on. */
  active: number;
  /** Where an extended selection begins. */
  anchor: number;
}

/** Rows in the order they are shown; null where one is not loaded. */
export type KeyAt = (index: number) => string | null;

export interface Press {
  /** Extends from the anchor. */
  isExtending?: boolean;
  /** Leaves what is selected selected. */
  isAdding?: boolean;
}

export const NOTHING_SELECTED: RowSelection = { keys: new Set(), active: 0, anchor: 0 };

/** The keyboard goes to a row; with Shift everything from the anchor to there is selected. */
export function moved(selection: RowSelection, to: number, keyAt: KeyAt, { isExtending }: Press = {}): RowSelection {
  if (!isExtending) return { ...selection, active: to, anchor: to };
  return { ...selection, active: to, keys: keysBetween(selection.anchor, to, keyAt) };
}

/** A row is pressed: alone, added or taken out, or everything up to it. */
export function pressed(selection: RowSelection, at: number, keyAt: KeyAt, press: Press = {}): RowSelection {
  if (press.isExtending) {
    const range = keysBetween(selection.anchor, at, keyAt);
    return { ...selection, active: at, keys: press.isAdding ? new Set([...selection.keys, ...range]) : range };
  }
  const key = keyAt(at);
  if (press.isAdding) return toggled({ ...selection, active: at, anchor: at }, at, keyAt);
  return { active: at, anchor: at, keys: new Set(key === null ? [] : [key]) };
}

/** The row is selected if it was not, and the other way round; the others stay. */
export function toggled(selection: RowSelection, at: number, keyAt: KeyAt): RowSelection {
  const key = keyAt(at);
  if (key === null) return selection;
  const keys = new Set(selection.keys);
  if (!keys.delete(key)) keys.add(key);
  return { keys, active: at, anchor: at };
}

/** Just these. */
export function allSelected(selection: RowSelection, keys: Iterable<string>): RowSelection {
  return { ...selection, keys: new Set(keys) };
}

/**
 * It is another list. What was selected and is in it stays selected, or, where it is the same rows in another order, all of
 * it; the keyboard stays on its row, or begins anew.
 *
 * @param places of the rows that are in the list, by key
 */
export function carriedOver(
  { keys }: RowSelection,
  places: ReadonlyMap<string, number>,
  { activeKey, isSameRows }: { activeKey: string | null; isSameRows: boolean },
): RowSelection {
  const active = (activeKey === null ? undefined : places.get(activeKey)) ?? 0;
  return { keys: new Set([...keys].filter((key) => isSameRows || places.has(key))), active, anchor: active };
}

export function noneSelected(selection: RowSelection): RowSelection {
  return selection.keys.size === 0 ? selection : { ...selection, keys: new Set() };
}

function keysBetween(from: number, to: number, keyAt: KeyAt): Set<string> {
  const keys = new Set<string>();
  for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
    const key = keyAt(index);
    if (key !== null) keys.add(key);
  }
  return keys;
}
