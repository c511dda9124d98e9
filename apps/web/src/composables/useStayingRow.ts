// Keeps what is looked at where it is while a list changes around it: the first row in sight stays there, and the
// keyboard stays on its row. Knows no elements.
import { watch } from 'vue';

/** Further than that nothing has moved but a whole list. */
const LOOKED_FOR = 300;

interface StayingRowOptions {
  /** Changes with the list. */
  revision: () => unknown;
  keyAt(index: number): string | null;
  firstInSight: () => number;
  active: () => number;
  /** Rows came or went above the first one in sight: so many. */
  scrollRows(by: number): void;
  /** The row with the keyboard is there now. */
  follow(to: number): void;
}

export function useStayingRow(options: StayingRowOptions): void {
  const { revision, keyAt, firstInSight, active, scrollRows, follow } = options;
  let firstKey: string | null = null;
  let activeKey: string | null = null;

  function remember(): void {
    firstKey = keyAt(firstInSight());
    activeKey = keyAt(active());
  }
  function found(key: string | null, from: number): number | null {
    if (key === null) return null;
    for (let step = 0; step <= LOOKED_FOR; step++) {
      if (keyAt(from + step) === key) return from + step;
      if (keyAt(from - step) === key) return from - step;
    }
    return null;
  }

  watch([firstInSight, active], remember, { flush: 'post', immediate: true });
  watch(
    revision,
    () => {
      const first = firstInSight();
      const by = (found(firstKey, first) ?? first) - first;
      // At the very top, what is new is what one wants to see.
      if (by !== 0 && first > 0) scrollRows(by);
      const to = found(activeKey, active());
      if (to !== null && to !== active()) follow(to);
      remember();
    },
    { flush: 'post' },
  );
}
