// Keeps the focus on the row that the keyboard is on, in a table whose rows come, go and change into one another while
// it scrolls. Rows say their place by aria-rowindex, of which 1 is the head.
import { nextTick, onUpdated, type ShallowRef } from 'vue';

const HEAD_ROWS = 2;

export function useRowFocus(body: Readonly<ShallowRef<HTMLElement | null>>, active: () => number) {
  /** Index of the row that something is in. */
  function rowOf(target: EventTarget | null): number {
    return Number((target as HTMLElement).closest('tr')?.ariaRowIndex) - HEAD_ROWS;
  }
  const holdsFocus = () => body.value?.contains(document.activeElement) ?? false;

  async function focusActive(): Promise<void> {
    await nextTick();
    const row = body.value?.querySelector<HTMLElement>(`[aria-rowindex="${active() + HEAD_ROWS}"]`);
    row?.focus({ preventScroll: true });
  }

  // What had the focus may be another row now: the focus goes where its row went.
  onUpdated(() => {
    if (holdsFocus() && rowOf(document.activeElement) !== active()) void focusActive();
  });

  return { rowOf, holdsFocus, focusActive };
}
