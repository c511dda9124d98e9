import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReceiveWindow, WINDOW_BYTES } from './receive-window.ts';

test('a sender that keeps to its grants is never refused and never left with less than three quarters of a window', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: WINDOW_BYTES }), { maxLength: 100 }), (sizes) => {
      const window = new ReceiveWindow();
      let limit = window.open();
      let sent = 0;
      expect(limit).toBe(WINDOW_BYTES);
      for (const size of sizes) {
        const bytes = Math.min(size, limit - sent);
        sent += bytes;
        const granted = window.received(bytes);
        expect(granted).not.toBe('exceeded');
        if (typeof granted === 'number') {
          expect(granted).toBeGreaterThan(limit);
          limit = granted;
        }
        expect(limit - sent).toBeLessThanOrEqual(WINDOW_BYTES);
        expect(limit - sent).toBeGreaterThan((WINDOW_BYTES * 3) / 4);
      }
    }),
  );
});

test('one byte more than granted is too much', () => {
  const window = new ReceiveWindow();
  const limit = window.open();
  expect(window.received(limit)).toBe(2 * WINDOW_BYTES);
  expect(window.received(WINDOW_BYTES)).toBe(3 * WINDOW_BYTES);
  expect(window.received(WINDOW_BYTES + 1)).toBe('exceeded');
});

test('few bytes are not worth a grant', () => {
  const window = new ReceiveWindow();
  window.open();
  expect(window.received(WINDOW_BYTES / 4 - 1)).toBeUndefined();
  expect(window.received(1)).toBe(WINDOW_BYTES + WINDOW_BYTES / 4);
});
