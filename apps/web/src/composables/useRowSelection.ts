// Selecting rows of the catalog with keys and presses. Remembers what is selected even where it is scrolled out of what
// is loaded. Knows no elements; the rules are in model/catalog/row-selection.ts.
import type { CatalogEntry } from '@ferry/shared';
import { computed, shallowRef } from 'vue';
import { keyOf } from '../model/catalog/place.ts';
import {
  allSelected,
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
  }

  const selected = computed(() => [...selection.value.keys].flatMap((key) => remembered.get(key) ?? []));

  return {
    selection,
    selected,
    keyAt,
    move: (to: number, press?: Press) => select(moved(selection.value, to, rememberingKeyAt, press)),
    press: (at: number, press?: Press) => select(pressed(selection.value, at, rememberingKeyAt, press)),
    toggle: (at: number) => select(toggled(selection.value, at, rememberingKeyAt)),
    selectAll: (count: number) => select(allSelected(selection.value, count, rememberingKeyAt)),
    selectNone: () => select(noneSelected(selection.value)),
    /** Everything is forgotten: it is another list. */
    reset: () => select(NOTHING_SELECTED),
    /** The same row has another place now. */
    follow(to: number): void {
      const { active, anchor } = selection.value;
      selection.value = { ...selection.value, active: to, anchor: anchor === active ? to : anchor };
    },
  };
}
