// A delivery as it begins: for whom, and by which keys they open it. Knows no columns: those are a version's, like any other.
import type { BeginVersion } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { countWaiting } from '../db/queries/store-deliveries.ts';
import { countDevicesOf, insertDelivery } from '../db/queries/store-recipients.ts';
import { findUser } from '../db/queries/users.ts';
import { refusal } from '../trpc/error.ts';

/** From one person for another one: whoever has not answered those does not wait for more. */
const MOST_WAITING = 100;

type Sealed = Extract<BeginVersion['content'], { type: 'delivery' }>;

/**
 * Within the caller's transaction, once its version is there.
 *
 * @throws `not-found` when there is no such colleague, `too-many`, `invalid` when a key is for a device that is not theirs
 */
export function beginDelivery(db: Database, senderId: string, versionId: string, content: Sealed): void {
  const { recipientId, wrappedKeys, sealedPageCount } = content;
  const recipient = findUser(db, recipientId);
  if (!recipient || recipient.disabledAt !== null || recipientId === senderId) throw refusal('not-found');
  if (countWaiting(db, senderId, recipientId) >= MOST_WAITING) throw refusal('too-many');
  const deviceIds = [...new Set(wrappedKeys.map(({ deviceId }) => deviceId))];
  if (countDevicesOf(db, recipientId, deviceIds) !== deviceIds.length) throw refusal('invalid');
  insertDelivery(db, { versionId, recipientId, sealedPageCount }, wrappedKeys);
}
