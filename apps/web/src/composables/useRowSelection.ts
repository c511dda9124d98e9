// Selecting rows of the catalog with keys and presses. Remembers what is selected even where it is scrolled out of what
// is loaded. Knows no elements; the rules are in model/catalog/row-selection.ts.
import type { CatalogEntry } from '@ferry/shared';
import { computed, shallowRef } from 'vue';
import { keyOf } from '../model/catalog/place.ts';
import {
  allSelected,
  carriedOver,
  moved,
  NOTHING_SELECTED,
  noneSelected,
  type Press,
  pressed,
  type RowSelection,
  toggled,
} from '../model/catalog/row-selection.ts';

export function useRowSelection(entryAt: (index: number) => CatalogEntry | undefined) {
  const selection = shallowRef<RowSelection>(NOTHING_SELECTED);
  const remembered = new Map<string, CatalogEntry>();
  /** Of the row with the keyboard, as long as its list is there. */
  let activeKey: string | null = null;

  function keyAt(index: number): string | null {
    const entry = entryAt(index);
    return entry ? keyOf(entry) : null;
  }
  /** What is loaded now may be gone from memory when it is asked for. */
  function rememberingKeyAt(index: number): string | null {
    const entry = entryAt(index);
    if (!entry) return null;
    remembered.set(keyOf(entry), entry);
    return keyOf(entry);
  }
  function select(next: RowSelection): void {
    for (const key of remembered.keys()) if (!next.keys.has(key)) remembered.delete(key);
    selection.value = next;
    activeKey = keyAt(next.active);
  }
  /** Of the rows that are loaded, those that matter to what is selected. */
  function placesOf(keys: ReadonlySet<string>, count: number): Map<string, number> {
    const places = new Map<string, number>();
    for (let index = 0; index < count && places.size < keys.size; index++) {
      const entry = entryAt(index);
      if (!entry || !keys.has(keyOf(entry))) continue;
      places.set(keyOf(entry), index);
      if (remembered.has(keyOf(entry))) remembered.set(keyOf(entry), entry);
    }
    return places;
  }

  const selected = computed(() => [...selection.value.keys].flatMap((key) => remembered.get(key) ?? []));

  return {
    selection,
    selected,
    keyAt,
    move: (to: number, press?: Press) => select(moved(selection.value, to, rememberingKeyAt, press)),
    press: (at: number, press?: Press) => select(pressed(selection.value, at, rememberingKeyAt, press)),
    toggle: (at: number) => select(toggled(selection.value, at, rememberingKeyAt)),
    /** Just these, also where they are not loaded. */
    selectAll(entries: readonly CatalogEntry[]): void {
      for (const entry of entries) remembered.set(keyOf(entry), entry);
      select(allSelected(selection.value, entries.map(keyOf)));
    },
    selectNone: () => select(noneSelected(selection.value)),
    /** It is another list: what is selected stays, as far as it is in that. */
    carryOver({ count, isSameRows, hasKeyboard }: { count: number; isSameRows: boolean; hasKeyboard: boolean }): void {
      const key = hasKeyboard ? activeKey : null;
      const places = placesOf(new Set([...selection.value.keys, ...(key === null ? [] : [key])]), count);
      select(carriedOver(selection.value, places, { activeKey: key, isSameRows }));
    },
    /** The same row has another place now. */
    follow(to: number): void {
      const { active, anchor } = selection.value;
      selection.value = { ...selection.value, active: to, anchor: anchor === active ? to : anchor };
      activeKey = keyAt(to);
    },
  };
}
