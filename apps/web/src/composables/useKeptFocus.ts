// Keeps the focus where it is while rows change places: a browser takes it from an element that is moved.
import { onBeforeUpdate, onUpdated } from 'vue';

/** For the component whose list is ordered anew. */
export function useKeptFocus(): void {
  let focused: Element | null = null;
  onBeforeUpdate(() => {
    focused = document.activeElement;
  });
  onUpdated(() => {
    const isLost = document.activeElement !== focused && document.activeElement === document.body;
    if (isLost && focused instanceof HTMLElement && focused.isConnected) focused.focus();
  });
}
