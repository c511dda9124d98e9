// What a peer that comes back has, compared with what it should have. Acted on at once: a disk that was wiped is known with
// the first contact, not after a week. Knows no receipts; what it hears of is what was held before.
import type { Place, PlaceEvent } from './place.ts';

export interface PeerPlace {
  readonly groupId: string;
  readonly place: Place;
}

export interface Inventory {
  /** Made with the peer's store. Another one than before: the store was wiped, and begun anew. */
  readonly storeId: string;
  readonly columns: ReadonlySet<string>;
}

export interface Reconciled {
  readonly events: readonly { readonly of: PeerPlace; readonly event: PlaceEvent }[];
  /** Columns that the server knows nothing of, or let go of: the peer may delete them. */
  readonly unwanted: readonly string[];
}

export function columnKey(groupId: string, index: number): string {
  return `${groupId}:${index}`;
}

/** @param expected all places of this peer */
export function reconcile(expected: readonly PeerPlace[], inventory: Inventory, knownStoreId: string): Reconciled {
  const isSameStore = inventory.storeId === knownStoreId;
  const events: { of: PeerPlace; event: PlaceEvent }[] = [];
  const wanted = new Set<string>();
  for (const of of expected) {
    const key = columnKey(of.groupId, of.place.index);
    const isThere = isSameStore && inventory.columns.has(key);
    if (of.place.state !== 'released') wanted.add(key);
    if (of.place.state === 'held' && !isThere) events.push({ of, event: 'absent' });
    // It signed for it once, and had only been unable to read it for a while.
    if (of.place.state === 'missing' && isThere) events.push({ of, event: 'receipt' });
  }
  return { events, unwanted: [...inventory.columns].filter((key) => !wanted.has(key)) };
}
