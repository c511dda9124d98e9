// How the catalog's grid is laid out for the room it has, and which of its rows that brings into sight. Knows nothing of
// what the rows show.
import { useElementSize, useMediaQuery } from '@vueuse/core';
import { computed, type ShallowRef } from 'vue';
import { type GridLayout, ROW_HEIGHT_PX } from '../model/catalog/grid-layout.ts';
import { useRowWindow } from './useRowWindow.ts';

/** Narrower than this, the columns would leave the names no room. */
const WIDE_ENOUGH_PX = { search: 640, folder: 420 };
/** What covers the foot of the window: a little air, or the tabs and the mini-player on a phone. */
const FOOT_PX = { wide: 16, narrow: 152 };

interface GridViewOptions {
  root: Readonly<ShallowRef<HTMLElement | null>>;
  body: Readonly<ShallowRef<HTMLElement | null>>;
  /** What the columns are called, which stays above the rows. */
  columns: Readonly<ShallowRef<{ $el: HTMLElement } | null>>;
  isFolder: () => boolean;
  count: () => number;
}

export function useGridView({ root, body, columns, isFolder, count }: GridViewOptions) {
  const isPhone = useMediaQuery('(max-width: 719px)');
  const { width } = useElementSize(root);
  const layout = computed<GridLayout>(() => {
    const wished = isFolder() ? 'folder' : 'search';
    const isWide = width.value === 0 ? !isPhone.value : width.value >= WIDE_ENOUGH_PX[wished];
    return isWide ? wished : 'narrow';
  });
  const rowHeight = computed(() => ROW_HEIGHT_PX[layout.value]);
  const rows = useRowWindow({
    list: body,
    count,
    rowHeight,
    covered: () => ({
      top: columns.value?.$el.getBoundingClientRect().bottom ?? 0,
      bottom: isPhone.value ? FOOT_PX.narrow : FOOT_PX.wide,
    }),
  });

  function scrollRows(by: number): void {
    window.scrollBy({ top: by * rowHeight.value, behavior: 'instant' });
    rows.measure();
  }

  return { ...rows, layout, rowHeight, scrollRows };
}
