// What of the uploads is shown: what is safe needs nobody, unless somebody has been waiting for it.
import { createPinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import type { StoreUpload } from '../adapters/store-contract.ts';
import { upload } from '../model/store/upload-fixture.ts';
import { useUploads } from './uploads.ts';

const uploads = shallowRef<StoreUpload[]>([]);
const calls: string[] = [];
const record = (name: string) => async (versionId: string) => void calls.push(`${name} ${versionId}`);

vi.mock('./transfers.ts', () => ({
  useTransfers: () => ({
    get store() {
      return { uploads: uploads.value };
    },
  }),
}));
vi.mock('./session.ts', () => ({
  useSession: () => ({
    desk: () => ({ engine: { store: { forgetUpload: record('forget') } }, store: { remove: record('remove') } }),
  }),
}));

beforeEach(() => {
  uploads.value = [];
  calls.length = 0;
});
const safe = { status: 'safe', isSafeToClose: true } as const;
const ids = (shown: readonly StoreUpload[]) => shown.map(({ versionId }) => versionId);

test('what was safe before the page was opened is not shown; what becomes safe is', async () => {
  uploads.value = [upload({ versionId: 'old', ...safe }), upload({ versionId: 'new' })];
  const store = useUploads(createPinia());
  expect(ids(store.files)).toEqual(['new']);
  uploads.value = [upload({ versionId: 'old', ...safe }), upload({ versionId: 'new', ...safe })];
  await nextTick();
  expect(ids(store.files)).toEqual(['new']);
});

test('hidden, it stays so, and the engine is not told', async () => {
  uploads.value = [upload({ versionId: 'v1' })];
  const store = useUploads(createPinia());
  await nextTick();
  uploads.value = [upload({ versionId: 'v1', ...safe })];
  await nextTick();
  store.hide('v1');
  expect(store.files).toEqual([]);
  expect(calls).toEqual([]);
});

test('files and deliveries are told apart', () => {
  uploads.value = [upload({ versionId: 'f' }), upload({ versionId: 'd', kind: 'delivery' })];
  const store = useUploads(createPinia());
  expect(ids(store.files)).toEqual(['f']);
  expect(ids(store.deliveries)).toEqual(['d']);
});

test('what would be lost by leaving is not safe and has not ended', () => {
  uploads.value = [
    upload({ versionId: 'safe', ...safe }),
    upload({ versionId: 'failed', status: 'failed' }),
    upload({ versionId: 'moving' }),
  ];
  const store = useUploads(createPinia());
  expect(ids(store.unsafe)).toEqual(['moving']);
  expect(store.isUploading('moving')).toBe(true);
  expect(store.isUploading('safe')).toBe(false);
});

test('stopping lets go of the file here before its pieces are deleted there', async () => {
  const store = useUploads(createPinia());
  await store.stop('v1');
  expect(calls).toEqual(['forget v1', 'remove v1']);
});
