import 'fake-indexeddb/auto';
import { generateStripeKey, loadKernel } from '@ferry/webrtc-core/erasure';
import { ManualClock } from '@ferry/webrtc-core/testing';
import { expect, test } from 'vitest';
import { openStoreDatabase } from './store-database.ts';
import { UploadEncoder } from './upload-encoder.ts';
import { UploadTags } from './upload-tags.ts';

const VERSION = '5c0d5f0a-6d9e-4a0b-8a53-9a0f3f1c2d02';

test('more indexes are taken at any time, another k never', async () => {
  const tags = await UploadTags.open(await openStoreDatabase(crypto.randomUUID()), VERSION, 3);
  const encoder = new UploadEncoder({
    ...{ versionId: VERSION, key: await generateStripeKey(), sizeBytes: 3 * 2 ** 20, tags },
    ...{ kernel: loadKernel, clock: new ManualClock() },
  });
  const setCode = (k: number, n: number) => () => {
    encoder.code = { k, n };
  };
  setCode(2, 4)();
  setCode(2, 6)();
  for (const k of [1, 3]) expect(setCode(k, 8)).toThrow(expect.objectContaining({ code: 'code-invalid' }));
  expect(encoder.geometry).toMatchObject({ k: 2, n: 6 });
});
