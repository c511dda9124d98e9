import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepHealthFile } from './health-file.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the file is fresh while the node is connected, and gone when it stops', () => {
  const file = join(temporaryFolder(), 'connected');
  let isConnected = false;
  const stop = keepHealthFile(file, () => isConnected);
  vi.advanceTimersByTime(60_000);
  expect(existsSync(file)).toBe(false);
  isConnected = true;
  vi.advanceTimersByTime(20_000);
  utimesSync(file, 1, 1);
  vi.advanceTimersByTime(20_000);
  expect(statSync(file).mtimeMs).toBeGreaterThan(1000);
  isConnected = false;
  utimesSync(file, 1, 1);
  vi.advanceTimersByTime(60_000);
  expect(statSync(file).mtimeMs).toBe(1000);
  stop();
  expect(existsSync(file)).toBe(false);
});

test('a place where nothing can be written stops nothing', () => {
  const stop = keepHealthFile('/nowhere/connected', () => true);
  vi.advanceTimersByTime(60_000);
  stop();
});
