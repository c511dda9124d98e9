// The keys of a list of files: the arrows and their relatives move and, with Shift, select; the rest is for whoever
// draws the list. Knows no rows and no files.
interface RowKeys {
  /** The row the keyboard is on. */
  active: () => number;
  count: () => number;
  /** Rows that a page is. */
  pageSize: () => number;
  moveTo(index: number, isExtending: boolean): void;
  toggle(): void;
  selectAll(): void;
  /** False where there was nothing to take back. */
  selectNone(): boolean;
  enter(): void;
  up?(): void;
}

export function useRowKeys(keys: RowKeys): (event: KeyboardEvent) => void {
  function target(event: KeyboardEvent): number | null {
    const last = keys.count() - 1;
    switch (event.key) {
      case 'ArrowDown':
        return keys.active() + 1;
      case 'ArrowUp':
        return keys.active() - 1;
      case 'PageDown':
        return keys.active() + keys.pageSize();
      case 'PageUp':
        return keys.active() - keys.pageSize();
      case 'Home':
        return 0;
      case 'End':
        return last;
      default:
        return null;
    }
  }

  /** True when the key was for the list. */
  function handle(event: KeyboardEvent): boolean {
    const isOnRow = event.target instanceof HTMLTableRowElement;
    const hasCommand = event.ctrlKey || event.metaKey;
    if (event.key === 'ArrowUp' && event.altKey) return leave();
    const to = event.altKey ? null : target(event);
    if (to !== null) {
      keys.moveTo(Math.max(0, Math.min(keys.count() - 1, to)), event.shiftKey);
      return true;
    }
    if (hasCommand && event.key.toLowerCase() === 'a') {
      keys.selectAll();
      return true;
    }
    if (event.key === 'Escape') return keys.selectNone();
    // On a button of the row, these are the button's.
    if (!isOnRow || hasCommand) return false;
    if (event.key === 'Backspace') return leave();
    if (event.key === ' ') keys.toggle();
    else if (event.key === 'Enter') keys.enter();
    else return false;
    return true;
  }

  function leave(): boolean {
    keys.up?.();
    return keys.up !== undefined;
  }

  return (event) => {
    if (handle(event)) event.preventDefault();
  };
}
