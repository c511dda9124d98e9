// What is left in the Store for one person: its key wrapped for each of their devices, and what is in it sealed with the key.
// Uploads nothing.
import type { BeginVersion, DeviceKeys } from '@ferry/shared';
import { blobBundle } from '@ferry/webrtc-core';
import { exportStripeKey, generateStripeKey } from '@ferry/webrtc-core/erasure';
import type { SendRequest } from '../../adapters/picked-files-contract.ts';
import type { StoreCommands } from '../../adapters/store-contract.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import { areProven, wrapKey } from './delivery-key.ts';
import { sealManifest } from './delivery-manifest.ts';
import type { DeliveryServer } from './delivery-server.ts';
import type { NewUpload } from './new-upload.ts';

export interface DeliveryUploadOptions {
  server: Pick<DeliveryServer, 'keysOf'>;
  person: (userId: string) => { userId: string; username: string } | undefined;
}

/** The command: it is uploaded like any other version. */
export function deliverVia(
  uploads: { begin(added: readonly NewUpload[]): Promise<void> },
  { server, people }: Pick<DeliveryUploadOptions, 'server'> & { people: Pick<PeopleDirectory, 'known' | 'person'> },
): StoreCommands['deliver'] {
  return async (request) => {
    // The page may know a person a moment before the engine does.
    await people.known;
    const upload = await deliveryUpload(request, { server, person: (userId) => people.person(userId) });
    await uploads.begin([upload]);
    return upload.versionId;
  };
}

/**
 * @throws Error `unknown-person`, `recipient-unknown` when none of their devices has keys, `too-much` when what is in it says
 * more than one delivery carries; Refusal
 */
export async function deliveryUpload(
  { toUserId, title, itemCount, files, handles, expiresAt }: SendRequest & { expiresAt: number | null },
  { server, person }: DeliveryUploadOptions,
): Promise<NewUpload> {
  const to = person(toUserId);
  if (!to) throw new Error('unknown-person');
  const keys = await provenKeys(await server.keysOf({ userId: toUserId }));
  if (keys.length === 0) throw new Error('recipient-unknown');
  const versionId = crypto.randomUUID();
  const key = await generateStripeKey();
  const raw = await exportStripeKey(key);
  const bundle = blobBundle(files.map(({ path, file }) => ({ path, blob: file })));
  const { manifest } = bundle;
  const sealedPages = await sealManifest({ title, itemCount, manifest }, { key, versionId }).catch(() => {
    throw new Error('too-much');
  });
  const content: BeginVersion['content'] = {
    type: 'delivery',
    recipientId: toUserId,
    wrappedKeys: await Promise.all(keys.map((device) => wrapKey(raw, device, versionId))),
    sealedPageCount: sealedPages.length,
  };
  const about = { versionId, kind: 'delivery', title, itemCount, to } as const;
  return { ...about, key, expiresAt, bundle, handles, content, sealedPages };
}

/** What is wrapped for keys that were put together by somebody else would be theirs to open. */
async function provenKeys(keys: readonly DeviceKeys[]): Promise<DeviceKeys[]> {
  const proven = await Promise.all(keys.map(areProven));
  return keys.filter((_, at) => proven[at]);
}
