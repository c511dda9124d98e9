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
        window.received(bytes);
        if (window.hasGrant) {
          const granted = window.grant();
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
  window.received(window.open());
  expect(window.grant()).toBe(2 * WINDOW_BYTES);
  window.received(WINDOW_BYTES);
  expect(() => window.received(1)).toThrow(expect.objectContaining({ code: 'limit-exceeded' }));
});

test('few bytes are not worth a grant', () => {
  const window = new ReceiveWindow();
  window.open();
  window.received(WINDOW_BYTES / 4 - 1);
  expect(window.hasGrant).toBe(false);
  window.received(1);
  expect(window.hasGrant).toBe(true);
  expect(window.grant()).toBe(WINDOW_BYTES + WINDOW_BYTES / 4);
});
