// A source of a download to vary in tests and in the gallery: its owner's device, online, from which bytes come.
import type { SourceSnapshot } from '../../adapters/engine-contract.ts';

export function source(username: string, change: Partial<SourceSnapshot> = {}): SourceSnapshot {
  return {
    deviceId: `device-${username}`,
    user: { userId: `user-${username}`, username },
    status: 'serving',
    isOnline: true,
    route: 'lan',
    isOwner: false,
    movedBytes: 1_000_000,
    ...change,
  };
}
