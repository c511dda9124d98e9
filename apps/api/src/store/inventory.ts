// What a peer that comes back has, compared with what it should have. Acted on at once: a disk that was wiped is known with
// the first contact, not after a week. Knows no receipts; what it hears of is what was held before.
import type { Place, PlaceEvent } from './place.ts';

export interface PeerPlace {
  readonly groupId: string;
  readonly place: Place;
}

export interface Reconciled<Known extends PeerPlace> {
  readonly events: readonly { readonly of: Known; readonly event: PlaceEvent }[];
  /** Columns that the server knows nothing of, or let go of: the peer may delete them. */
  readonly unwanted: readonly string[];
}

export function columnKey(groupId: string, index: number): string {
  return `${groupId}:${index}`;
}

/**
 * @param expected all places of this peer
 * @param there everything that it has, by {@link columnKey}; nothing after its store was wiped
 */
export function reconcile<Known extends PeerPlace>(
  expected: readonly Known[],
  there: ReadonlySet<string>,
): Reconciled<Known> {
  const events: { of: Known; event: PlaceEvent }[] = [];
  const wanted = new Set<string>();
  for (const of of expected) {
    const key = columnKey(of.groupId, of.place.index);
    if (of.place.state !== 'released') wanted.add(key);
    if (of.place.state === 'held' && !there.has(key)) events.push({ of, event: 'absent' });
    // It signed for it once, and had only been unable to read it for a while.
    if (of.place.state === 'missing' && there.has(key)) events.push({ of, event: 'receipt' });
  }
  return { events, unwanted: [...there].filter((key) => !wanted.has(key)) };
}
