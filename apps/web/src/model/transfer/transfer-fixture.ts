// A transfer to vary in tests and in the gallery: receiving, half done, on the same network.
import type { TransferSnapshot, TransferStatus } from '../../adapters/engine-contract.ts';

export function transfer(change: Partial<TransferSnapshot> = {}): TransferSnapshot {
  return {
    transferId: 't1',
    direction: 'receive',
    peer: { userId: 'u1', username: 'Grace' },
    title: 'report.pdf',
    itemCount: 1,
    fileCount: 1,
    totalBytes: 4_400_000_000,
    doneBytes: 2_200_000_000,
    bytesPerSecond: 41_200_000,
    secondsLeft: 53,
    status: 'fetching',
    route: 'lan',
    pieces: Array.from({ length: 80 }, (_, index) => (index < 40 ? 3 : 0)),
    createdAt: 0,
    order: 0,
    movedBytes: 0,
    canRetry: false,
    survivesReload: true,
    origin: 'direct',
    sources: [],
    ...change,
  };
}

const STATUSES: Record<TransferStatus, true> = {
  announced: true,
  fetching: true,
  serving: true,
  paused: true,
  stalled: true,
  finishing: true,
  done: true,
  declined: true,
  cancelled: true,
  failed: true,
};

/** Every one there is. */
export const TRANSFER_STATUSES = Object.keys(STATUSES) as TransferStatus[];
