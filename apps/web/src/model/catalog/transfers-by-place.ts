// Transfers by the files and folders of the catalog that they fetch, for rows that show how far theirs is. Pure.
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import { isEnded } from '../transfer/transfer-kind.ts';
import { keyOf } from './place.ts';

/** Of several for one place the one that is under way, and of those the last. */
export function transfersByPlace(transfers: readonly TransferSnapshot[]): ReadonlyMap<string, TransferSnapshot> {
  const found = new Map<string, TransferSnapshot>();
  for (const transfer of transfers) {
    for (const place of transfer.places ?? []) {
      const known = found.get(keyOf(place));
      if (!known || rank(transfer) >= rank(known)) found.set(keyOf(place), transfer);
    }
  }
  return found;
}

function rank(transfer: TransferSnapshot): number {
  return isEnded(transfer) ? 0 : 1;
}
