// Where a download comes from, as the page sees it: plain data drawn from its receiver, from who is online and from the
// paths there are. Decides nothing.
import type { Route, SourceSnapshot } from '../adapters/engine-contract.ts';
import type { PeopleDirectory } from './people-directory.ts';
import type { ReceiveRow } from './transfer-row.ts';

export interface SourceSurroundings {
  people: Pick<PeopleDirectory, 'isOnline' | 'ownerOf'>;
  /** Of a device that is connected. */
  routeOf: (deviceId: string) => Exclude<Route, 'offline'> | undefined;
}

export function sourceSnapshots(
  { transfer, peer }: Pick<ReceiveRow, 'transfer' | 'peer'>,
  { people, routeOf }: SourceSurroundings,
): SourceSnapshot[] {
  return transfer.sources.map(({ peerId: deviceId, status, place, refusal, movedBytes }) => {
    const user = people.ownerOf(deviceId) ?? { userId: '', username: '' };
    const route = routeOf(deviceId);
    return {
      deviceId,
      user,
      status,
      isOnline: route !== undefined || people.isOnline(deviceId),
      route: route ?? 'offline',
      isOwner: user.userId === peer.userId,
      movedBytes,
      ...(place && { place }),
      ...(refusal && { refusal }),
    };
  });
}
