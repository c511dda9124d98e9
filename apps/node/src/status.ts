// What a node is doing, in one line. Pure.
import type { HolderSnapshot } from '@ferry/store-holder';

export interface NodeStatus {
  isConnected: boolean;
  holder: HolderSnapshot;
  freeBytes: number;
}

/** @example 'connected; keeps 212 pieces, 9.1 of 50.0 GB; fetches 2, gives to 1; 1.3 GB given since the start; 80.0 GB free' */
export function statusLine({ isConnected, holder, freeBytes }: NodeStatus): string {
  const { columnCount, usedBytes, offeredBytes, fetching, servedDeviceCount, servedBytes } = holder;
  return [
    isConnected ? 'connected' : 'not connected',
    `keeps ${columnCount} pieces, ${gigabytes(usedBytes)} of ${gigabytes(offeredBytes)} GB`,
    `fetches ${fetching.length}, gives to ${servedDeviceCount}`,
    `${gigabytes(servedBytes)} GB given since the start`,
    `${gigabytes(freeBytes)} GB free`,
  ].join('; ');
}

function gigabytes(bytes: number): string {
  return (bytes / 1_000_000_000).toFixed(1);
}
