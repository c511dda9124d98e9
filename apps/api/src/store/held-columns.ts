// What follows from a holder's receipt: the place counts as soon as the uploader has said the same of the column. In which
// order they come does not matter; what they differ in counts for nothing. Verifies no signature: receipt-check.ts.
import type { Column } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { wasMissedByAudit } from '../db/queries/store-audits.ts';
import { findStoredColumn } from '../db/queries/store-groups.ts';
import { findPlace, type PlaceRow, updatePlace } from '../db/queries/store-places.ts';
import { placeTransition } from './place.ts';
import type { Receipt } from './receipt-check.ts';

export type ReceiptOutcome =
  /** It counts, or will when the uploader says the same. */
  | 'taken'
  /** Nobody asked for it, or nobody does any more. */
  | 'unwanted'
  /** The uploader says that the column is something else. */
  | 'contradicted';

/** Within the caller's transaction. */
export function takeReceipt(db: Database, receipt: Receipt, nowMs: number): ReceiptOutcome {
  const { iss: deviceId, version: versionId, group, index, content, size, iat, signature } = receipt;
  const key = { versionId, group, index, deviceId };
  const place = findPlace(db, key);
  if (!place || place.state === 'released') return 'unwanted';
  const known = findStoredColumn(db, key);
  if (size !== place.sizeBytes || (known && known.contentId !== content)) {
    updatePlace(db, key, { state: 'missing', sinceMs: nowMs, contentId: content, receiptSignature: null });
    return 'contradicted';
  }
  // Whoever was asked to look did not find it: to sign once more proves nothing. It counts when somebody does.
  if (wasMissedByAudit(db, place)) return 'taken';
  const told = { contentId: content, receiptIat: iat, receiptSignature: signature };
  const [next] = placeTransition(toPlace(place), known ? 'receipt' : 'progress', nowMs);
  // One that was missing, and of which the uploader has said nothing yet, waits like any other.
  const state = known ? next.state : 'assigned';
  updatePlace(db, key, { ...told, state, sinceMs: known ? next.sinceMs : nowMs });
  return 'taken';
}

export function columnOf({ version, group, index }: Receipt): Column {
  return { versionId: version, group, index };
}

function toPlace({ index, deviceId, state, sinceMs }: PlaceRow) {
  return { index, peerId: deviceId, ownerId: '', state, sinceMs };
}
