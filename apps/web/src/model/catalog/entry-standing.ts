// How an entry of the catalog stands with whoever looks at it, which decides what may be done with it. Pure.
import type { HeldContent } from '../../adapters/catalog-contract.ts';
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import { isEnded } from '../transfer/transfer-kind.ts';

export type EntryStanding =
  /** Shared from this browser. */
  | { type: 'mine' }
  /** On its way here. */
  | { type: 'fetching'; transfer: TransferSnapshot }
  /** Its content is here already. */
  | { type: 'held'; held: HeldContent }
  /** Somebody who shares it is online. */
  | { type: 'available' }
  /** Nobody who shares it is, but somebody who fetched it, and passes it on. */
  | { type: 'passed-on' }
  /** Nobody who has it is. */
  | { type: 'away' };

interface Facts {
  isSharedHere: boolean;
  transfer: TransferSnapshot | undefined;
  held: HeldContent | null;
  /** Who has it and is online, if anybody is. */
  availableFrom: 'sharer' | 'fetcher' | null;
}

export function standingOf({ isSharedHere, transfer, held, availableFrom }: Facts): EntryStanding {
  if (isSharedHere) return { type: 'mine' };
  if (transfer && !isEnded(transfer)) return { type: 'fetching', transfer };
  if (held) return { type: 'held', held };
  // Folders have no content id: what was fetched of one is known by its transfer.
  if (transfer?.status === 'done')
    return { type: 'held', held: { type: 'received', transferId: transfer.transferId, entryIndex: 0 } };
  if (availableFrom === null) return { type: 'away' };
  return { type: availableFrom === 'sharer' ? 'available' : 'passed-on' };
}

/** Whether a download of it would be of any use. */
export function canDownload({ type }: EntryStanding): boolean {
  return type === 'available' || type === 'passed-on' || type === 'away';
}
