import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryHub } from './memory-hub.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const device = { deviceId: 'd', name: 'D', userId: 'u', sessionId: 's', isNode: false };

/** An open inbox, as its device has it. */
function open(hub: MemoryHub, ended = new AbortController()) {
  const read = (async () => {
    for await (const _ of hub.inbox(device, null, ended.signal));
  })();
  return { ended, read };
}

test('a device that left is told of once, a second later', async () => {
  const gone = vi.fn();
  const { ended, read } = open(new MemoryHub(gone));
  ended.abort();
  await read;
  expect(gone).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(gone).toHaveBeenCalledTimes(1);
});

test('a hub that is closed tells nothing any more, of devices that were here neither', async () => {
  const gone = vi.fn();
  const hub = new MemoryHub(gone);
  const { read } = open(hub);
  hub.close();
  await read;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(gone).not.toHaveBeenCalled();
});
