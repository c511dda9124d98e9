// Walking and selecting the rows of the catalog's grid, with keys and presses, put together from what does each. Knows
// no downloads and no folders: what Enter does is its user's business.
import type { CatalogEntry } from '@ferry/shared';
import { ref, type ShallowRef, watch } from 'vue';
import { useRowFocus } from './useRowFocus.ts';
import { useRowKeys } from './useRowKeys.ts';
import { useRowSelection } from './useRowSelection.ts';
import { useStayingRow } from './useStayingRow.ts';

interface GridSelectionOptions {
  body: Readonly<ShallowRef<HTMLElement | null>>;
  entryAt(index: number): CatalogEntry | undefined;
  count(): number;
  totalCount(): number | null;
  /** Changes when it is another list. */
  listKey(): string;
  /** Changes with the entries. */
  revision(): unknown;
  inSight(): { first: number; end: number };
  reveal(index: number): void;
  scrollRows(by: number): void;
  enter(): void;
  up?(): void;
}

/** Rows of context that a page up or down leaves in sight. */
const KEPT_IN_SIGHT = 3;

export function useGridSelection(options: GridSelectionOptions) {
  const { body, count, totalCount, inSight, reveal } = options;
  const rows = useRowSelection(options.entryAt);
  const { selection, selected } = rows;
  const active = () => selection.value.active;
  const { rowOf, holdsFocus, focusActive } = useRowFocus(body, active);
  /** Everything was meant, and only what is loaded could be selected. */
  const isPartOfAll = ref(false);

  watch(options.listKey, rows.reset);
  watch(selected, ({ length }) => {
    if (length === 0) isPartOfAll.value = false;
  });
  useStayingRow({
    revision: options.revision,
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
    count,
    pageSize: () => Math.max(1, inSight().end - inSight().first - KEPT_IN_SIGHT),
    moveTo(index, isExtending) {
      rows.move(index, { isExtending });
      reveal(index);
      void focusActive();
    },
    toggle: () => rows.toggle(active()),
    selectAll() {
      rows.selectAll(count());
      isPartOfAll.value = selected.value.length < (totalCount() ?? Number.POSITIVE_INFINITY);
    },
    selectNone() {
      const hadAny = selected.value.length > 0;
      rows.selectNone();
      return hadAny;
    },
    enter: options.enter,
    ...(options.up && { up: options.up }),
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

  return { rows, selection, selected, isPartOfAll, rowOf, onKeydown, press, stay };
}
