// Which transfers wait so that no more move at once than the user allows. Pure: decides from what it is told.

export interface QueuedTransfer {
  transferId: string;
  direction: 'send' | 'receive';
  order: number;
  /** Bytes are on their way, or could be now. */
  isMoving: boolean;
  /** It waits because of this queue alone. */
  isHeld: boolean;
  totalBytes: number;
}

export interface QueueMoves {
  hold: string[];
  release: string[];
}

/** A small one is done before it would be worth a place in the queue. */
const SMALL_BYTES = 1024 * 1024;

/** Those first in order may move, each direction for itself; null is no limit. */
export function queueMoves(transfers: readonly QueuedTransfer[], limit: number | null): QueueMoves {
  const moves: QueueMoves = { hold: [], release: [] };
  for (const direction of ['send', 'receive'] as const) {
    const queue = transfers
      .filter((transfer) => transfer.direction === direction && (transfer.isMoving || transfer.isHeld))
      .filter((transfer) => transfer.isHeld || transfer.totalBytes > SMALL_BYTES)
      .sort((a, b) => a.order - b.order);
    for (const [place, { transferId, isHeld }] of queue.entries()) {
      const mayMove = limit === null || place < limit;
      if (mayMove && isHeld) moves.release.push(transferId);
      if (!mayMove && !isHeld) moves.hold.push(transferId);
    }
  }
  return moves;
}

/** Places of one direction's transfers after one of them was moved; only the changed ones. */
export function reordered(
  transfers: readonly Pick<QueuedTransfer, 'transferId' | 'order'>[],
  transferId: string,
  to: 'up' | 'down' | 'first',
): Map<string, number> {
  const queue = [...transfers].sort((a, b) => a.order - b.order);
  const at = queue.findIndex((transfer) => transfer.transferId === transferId);
  const changed = new Map<string, number>();
  const moved = queue[at];
  if (!moved) return changed;
  if (to === 'first') {
    if (at > 0) changed.set(transferId, queue[0]!.order - 1);
    return changed;
  }
  const other = queue[to === 'up' ? at - 1 : at + 1];
  if (!other) return changed;
  changed.set(transferId, other.order);
  changed.set(other.transferId, moved.order);
  return changed;
}
