import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onPageReturn } from './page-return.ts';

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  show(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: Page;
beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
});
afterEach(() => void vi.useRealTimers());

test('a short look elsewhere is no return, a long one is', () => {
  const returned = vi.fn();
  onPageReturn(60_000, returned, page as unknown as Document);
  page.show('hidden');
  vi.advanceTimersByTime(59_000);
  page.show('visible');
  expect(returned).not.toHaveBeenCalled();
  page.show('hidden');
  vi.advanceTimersByTime(60_000);
  page.show('visible');
  expect(returned).toHaveBeenCalledTimes(1);
});

test('whoever has stopped hears nothing', () => {
  const returned = vi.fn();
  const stop = onPageReturn(0, returned, page as unknown as Document);
  stop();
  page.show('hidden');
  page.show('visible');
  expect(returned).not.toHaveBeenCalled();
});
