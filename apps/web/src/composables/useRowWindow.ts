// Which rows of a long list are in sight while the page scrolls, so that only those exist. The page scrolls as a whole:
// the list has no scroll box of its own. Rows are equally high. Knows nothing of what the rows show.
import { useEventListener, useResizeObserver } from '@vueuse/core';
import { computed, type MaybeRefOrGetter, onMounted, type ShallowRef, shallowRef, toValue, watch } from 'vue';
import { type RowView, type RowWindow, rowsInView, scrollToRow } from '../model/catalog/row-window.ts';

/** Rows that exist beyond the edges, so that a turn of the wheel does not show a gap. */
const OVERSCAN = 6;

interface RowWindowOptions {
  list: Readonly<ShallowRef<HTMLElement | null>>;
  count: MaybeRefOrGetter<number>;
  rowHeight: MaybeRefOrGetter<number>;
  /** What covers the window's edges, in pixels: rows beneath are not in sight. */
  covered: () => { top: number; bottom: number };
}

export function useRowWindow({ list, count, rowHeight, covered }: RowWindowOptions) {
  const view = shallowRef<RowView>({ offset: 0, height: 0 });
  // The same rows are the same window: whoever watches it hears only of others.
  const inWindow = (overscan: number) =>
    computed<RowWindow>((known) => {
      const { first, end } = rowsInView(view.value, toValue(rowHeight), toValue(count), overscan);
      return known?.first === first && known.end === end ? known : { first, end };
    });
  const shown = inWindow(OVERSCAN);
  /** No more rows than this exist at once, wherever the list is scrolled to. */
  const mostShown = computed(() => Math.ceil(view.value.height / toValue(rowHeight)) + 1 + 2 * OVERSCAN);
  const inSight = inWindow(0);

  function measure(): void {
    if (!list.value) return;
    view.value = { offset: -list.value.getBoundingClientRect().top, height: window.innerHeight };
  }

  /** Scrolls as little as possible. */
  function reveal(index: number): void {
    measure();
    const { top, bottom } = covered();
    const { offset, height } = view.value;
    const uncovered = { offset: offset + top, height: height - top - bottom };
    const by = scrollToRow(index, uncovered, toValue(rowHeight));
    if (by !== 0) window.scrollBy({ top: by, behavior: 'instant' });
    measure();
  }

  useEventListener(window, 'scroll', measure, { passive: true });
  useEventListener(window, 'resize', measure, { passive: true });
  // What stands above the list moves it without any scrolling.
  useResizeObserver(() => document.body, measure);
  onMounted(measure);
  watch([() => toValue(count), () => toValue(rowHeight)], measure, { flush: 'post' });

  return { shown, mostShown, inSight, reveal, measure };
}
