// Something that is in the Store already, in tests of what becomes of it there.
import type { BeginVersion } from '@ferry/shared';
import { vi } from 'vitest';
import { groupCount } from '../store/stored-size.ts';
import { spread, type TestHolder, TestUpload } from './store-devices.ts';
import type { TestBrowser } from './test-server.ts';

/** Kept by as many of these people as are asked. @returns its id */
export async function storedVersion(
  uploader: TestBrowser,
  holders: readonly TestHolder[],
  { sizeBytes = 5_000_000, ...more }: Partial<BeginVersion> = {},
): Promise<string> {
  const upload = new TestUpload(uploader, sizeBytes, more);
  await uploader.openInbox().started;
  await upload.begin();
  const { k } = await upload.code();
  await upload.confirmAll(groupCount(sizeBytes, k));
  await spread(upload, holders);
  // Also what was on its way when it was safe.
  await vi.waitFor(async () => {
    const kept = await Promise.all(holders.map((holder) => holder.keep()));
    if (kept.flat().length > 0) throw new Error('Somebody was asked for something');
  });
  return upload.versionId;
}

export function deliveryContent(recipientId: string, deviceId: string): BeginVersion['content'] {
  return { type: 'delivery', recipientId, wrappedKeys: [{ deviceId, wrapped: 'wrapped' }], sealedPageCount: 1 };
}
