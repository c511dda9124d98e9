// Walking and selecting the rows of the catalog's grid, with keys and presses, put together from what does each. Knows
// no downloads and no folders: what Enter does is its user's business.
import type { CatalogEntry } from '@ferry/shared';
import { type ShallowRef, watch } from 'vue';
import { useRowFocus } from './useRowFocus.ts';
import { useRowKeys } from './useRowKeys.ts';
import { useRowSelection } from './useRowSelection.ts';
import { useSelectAll } from './useSelectAll.ts';
import { useStayingRow } from './useStayingRow.ts';

/** What is shown; reactive, as the properties of a component are. */
interface GridList {
  entryAt(index: number): CatalogEntry | undefined;
  count: number;
  totalCount: number | null;
  /** The first rows of all, up to so many, loaded or not. */
  load(most: number, signal: AbortSignal): Promise<readonly CatalogEntry[]>;
  /** Changes when it is another list. */
  listKey: string;
  /** Changes when there are other rows in it, and not just another order. */
  rowsKey: string;
  /** Changes with the entries. */
  revision: unknown;
  /** One can go up from it. */
  isFolder: boolean;
}

interface GridSelectionOptions {
  list: Readonly<GridList>;
  body: Readonly<ShallowRef<HTMLElement | null>>;
  inSight(): { first: number; end: number };
  reveal(index: number): void;
  scrollRows(by: number): void;
  enter(): void;
  up(): void;
}

/** Rows of context that a page up or down leaves in sight. */
const KEPT_IN_SIGHT = 3;

export function useGridSelection(options: GridSelectionOptions) {
  const { list, body, inSight, reveal } = options;
  const rows = useRowSelection((index) => list.entryAt(index));
  const { selection, selected } = rows;
  const active = () => selection.value.active;
  const { rowOf, holdsFocus, focusActive } = useRowFocus(body, active);
  const { selectAll, note } = useSelectAll({
    loaded(most) {
      const indexes = Array.from({ length: Math.min(most, list.count) }, (_, index) => index);
      return indexes.flatMap((index) => list.entryAt(index) ?? []);
    },
    load: (most, signal) => list.load(most, signal),
    totalCount: () => list.totalCount,
    select: rows.selectAll,
    selectedKeys: () => selection.value.keys,
    isFolder: list.isFolder,
  });

  watch([() => list.rowsKey, () => list.listKey], ([rowsKey], [rowsBefore]) => {
    const hasKeyboard = holdsFocus();
    rows.carryOver({ count: list.count, isSameRows: rowsKey === rowsBefore, hasKeyboard });
    // The row that had the focus may be gone, and the focus with it.
    if (hasKeyboard) void focusActive();
  });
  useStayingRow({
    revision: () => list.revision,
    keyAt: rows.keyAt,
    firstInSight: () => inSight().first,
    active,
    scrollRows: options.scrollRows,
    follow(to) {
      const hadFocus = holdsFocus();
      rows.follow(to);
      if (hadFocus) void focusActive();
    },
  });

  const onKeydown = useRowKeys({
    active,
    count: () => list.count,
    pageSize: () => Math.max(1, inSight().end - inSight().first - KEPT_IN_SIGHT),
    moveTo(index, isExtending) {
      rows.move(index, { isExtending });
      reveal(index);
      void focusActive();
    },
    toggle: () => rows.toggle(active()),
    selectAll: () => void selectAll(),
    selectNone() {
      const hadAny = selected.value.length > 0;
      rows.selectNone();
      return hadAny;
    },
    enter: options.enter,
    ...(list.isFolder && { up: options.up }),
  });

  function press(event: MouseEvent): void {
    rows.press(rowOf(event.target), { isExtending: event.shiftKey, isAdding: event.ctrlKey || event.metaKey });
    void focusActive();
  }
  /** What was pressed may be gone in a moment: its row takes the focus. */
  function stay(index: number): void {
    rows.follow(index);
    void focusActive();
  }

  /** All, or none where any is selected. */
  function toggleAll(): void {
    if (selected.value.length > 0) rows.selectNone();
    else void selectAll();
  }

  return { rows, selection, selected, note, rowOf, onKeydown, press, toggleAll, stay };
}
