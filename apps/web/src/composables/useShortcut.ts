// A key, or two keys one after the other ("g s"), that work while nobody is typing and single keys are on.
import { useEventListener } from '@vueuse/core';
import { usePreferences } from '../stores/preferences.ts';

/** How long the second key of a pair may take. */
const PAIR_MS = 1200;

export function useShortcut(keys: string, run: () => void): void {
  const preferences = usePreferences();
  const [first, second] = keys.split(' ');
  let firstAt = Number.NEGATIVE_INFINITY;

  useEventListener(window, 'keydown', (event) => {
    if (!preferences.hasSingleKeys || hasModifier(event) || isTyping(event.target) || isInDialog(event.target)) return;
    if (second === undefined) {
      if (event.key === first) take(event);
    } else if (event.key === second && event.timeStamp - firstAt < PAIR_MS) {
      firstAt = Number.NEGATIVE_INFINITY;
      take(event);
    } else if (event.key === first) {
      firstAt = event.timeStamp;
    }
  });

  function take(event: KeyboardEvent): void {
    event.preventDefault();
    run();
  }
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'file', 'button'].includes(target.type);
}

/** A dialog has its own keys, and its page must not move behind it. */
function isInDialog(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null
  );
}

/** Shift is not one: on many keyboards a slash needs it. */
function hasModifier({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}
