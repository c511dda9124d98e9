// A transfer that the page shows, with what the engine's own objects do not know.
import type { Outgoing, Receiver } from '@ferry/webrtc-core';
import type { Problem, TransferSnapshot } from '../adapters/engine-contract.ts';
import type { EnginePath } from '../adapters/engine-rpc.ts';
import type { CatalogOrigin } from './catalog/download-record.ts';
import type { StoredRow } from './store/download-row.ts';

interface CommonRow {
  transferId: string;
  peer: { userId: string; username: string };
  createdAt: number;
  /** Place in the queue. */
  order: number;
  lastPath?: EnginePath;
  problem?: Problem | undefined;
  /** `direct` when absent. */
  origin?: TransferSnapshot['origin'];
}

export type SendRow = CommonRow & { direction: 'send'; transfer: Outgoing; survivesReload: boolean };
export type ReceiveRow = CommonRow & {
  direction: 'receive';
  transfer: Receiver;
  /** Of a download from the catalog; kept up to date by whoever fetches it. */
  catalog?: CatalogOrigin;
  /** Of what comes from the Store, which is fetched in other pieces than it is kept in. */
  stored?: StoredRow;
  /** The user paused it before anybody had answered: it pauses as soon as that is possible. */
  isPausedEarly?: boolean;
};
export type TransferRow = SendRow | ReceiveRow;

/** Somebody fetches it from the catalog. */
export function isServed({ direction, origin }: Pick<TransferRow, 'direction' | 'origin'>): boolean {
  return direction === 'send' && origin === 'catalog';
}
