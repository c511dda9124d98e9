// The list with a server whose pages are as long as it likes.
import type { StoredFile, StoreListRequest, StorePage } from '@ferry/shared';
import { createPinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { ServerRefusal } from '../services.ts';
import { useStoredFiles } from './stored-files.ts';

let names: string[];
let pageLength: number;
let isRefusing: boolean;
/** Answers are given when this is resolved. */
let gate: Promise<void>;
let asked: StoreListRequest[];
beforeEach(() => {
  names = Array.from({ length: 7 }, (_, index) => `file ${index}`);
  pageLength = 3;
  isRefusing = false;
  gate = Promise.resolve();
  asked = [];
});

async function list(request: StoreListRequest): Promise<StorePage> {
  asked.push(request);
  await gate;
  if (isRefusing) throw new ServerRefusal('busy');
  const found = names.filter((name) => name.includes(request.query));
  const from = Number(request.cursor ?? 0);
  const end = from + pageLength;
  const files = found.slice(from, end).map((name) => ({ versionId: name, name }) as StoredFile);
  return { files, totalCount: found.length, cursor: end < found.length ? `${end}` : null };
}

vi.mock('./session.ts', () => ({ useSession: () => ({ desk: () => ({ store: { list } }) }) }));
const store = () => useStoredFiles(createPinia());
const shown = ({ files }: { files: readonly StoredFile[] }) => files.map(({ name }) => name);

test('pages come one after the other, down to the last', async () => {
  const files = store();
  await files.ask('');
  expect(shown(files)).toEqual(['file 0', 'file 1', 'file 2']);
  await files.more();
  await files.more();
  expect(shown(files)).toHaveLength(7);
  expect(files.hasMore).toBe(false);
  await files.more();
  expect(asked).toHaveLength(3);
});

test('a file that moved to the next page meanwhile is not shown twice', async () => {
  const files = store();
  await files.ask('');
  names.unshift('newest');
  await files.more();
  expect(shown(files)).toEqual(['file 0', 'file 1', 'file 2', 'file 3', 'file 4']);
});

test('asked anew, all that was in sight is there again', async () => {
  const files = store();
  await files.ask('');
  await files.more();
  names.splice(0, 1);
  await files.refresh();
  expect(shown(files)).toEqual(['file 1', 'file 2', 'file 3', 'file 4', 'file 5', 'file 6']);
});

test('an answer that was overtaken is never shown', async () => {
  const files = store();
  const held = Promise.withResolvers<void>();
  gate = held.promise;
  const slow = files.ask('file 1');
  gate = Promise.resolve();
  await files.ask('file 2');
  held.resolve();
  await slow;
  expect(shown(files)).toEqual(['file 2']);
  expect(files.query).toBe('file 2');
});

test('a refusal leaves what is in sight, and goes with the next answer', async () => {
  const files = store();
  await files.ask('');
  isRefusing = true;
  await files.refresh();
  expect(files.refusal?.code).toBe('busy');
  expect(shown(files)).toHaveLength(3);
  expect(files.isAsking).toBe(false);
  isRefusing = false;
  await files.refresh();
  expect(files.refusal).toBeNull();
});
