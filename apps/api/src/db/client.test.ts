import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openDatabase } from './client.ts';

test('what was said yes to is on the disk: a loss of power takes no committed row', () => {
  const { sqlite, close } = openDatabase(temporaryFolder(), () => {});
  const [full, wal] = [sqlite.pragma('synchronous', { simple: true }), sqlite.pragma('journal_mode', { simple: true })];
  expect([full, wal]).toEqual([2, 'wal']);
  close();
});
