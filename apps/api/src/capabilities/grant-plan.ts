// Which devices may be asked for a place of the catalog, in which role, and for what of it. Pure: signs nothing.
import { createHash } from 'node:crypto';
import type { CapabilityClaims, Grant } from '@ferry/shared';
import type { FetchableDevice, FetchablePlace } from '../catalog/catalog-index.ts';
import { grantedContents } from './granted-contents.ts';

/** More sources than that move a file no faster. */
const MOST_GRANTS = 8;

export interface PlannedGrant extends Omit<Grant, 'capability'> {
  leave: Pick<CapabilityClaims, 'share' | 'contents'>;
}

interface Source extends FetchableDevice {
  role: 'copy' | 'holder';
  contentCount: number;
}

/**
 * The owner's device first, also while it is offline: whoever asks may wait for it. Then devices with equal content,
 * online ones only, those that share it before those that merely hold it, those with more of it before those with less.
 *
 * @param askingDeviceId is never asked itself
 */
export function planGrants(
  { origin, contentIds, copies, holders }: FetchablePlace,
  askingDeviceId: string,
  online: ReadonlySet<string>,
): PlannedGrant[] {
  const sources = new Map<string, Source>();
  const add = (role: Source['role'], { userId, deviceId, has }: FetchableDevice) => {
    if (deviceId === askingDeviceId || deviceId === origin.deviceId || !online.has(deviceId)) return;
    const known = sources.get(deviceId);
    const all = [...(known?.has ?? []), ...has];
    const contentCount = new Set(all.flatMap((group) => group.contentIds)).size;
    sources.set(deviceId, { userId, deviceId, role: known?.role ?? role, has: all, contentCount });
  };
  for (const copy of copies) add('copy', copy);
  for (const holder of holders) add('holder', holder);

  const { userId, deviceId, shareId, path } = origin;
  const owner: PlannedGrant = {
    userId,
    deviceId,
    role: 'owner',
    want: { type: 'place', shareId, path },
    shares: [{ shareId, userId }],
    leave: { share: shareId },
  };
  const others = [...sources.values()]
    .sort((a, b) => byRole(a, b) || b.contentCount - a.contentCount || byTurn(a, b, askingDeviceId))
    .map((source) => fromSource(source, contentIds))
    .filter((grant) => grant !== undefined);
  return [...(deviceId === askingDeviceId ? [] : [owner]), ...others].slice(0, MOST_GRANTS);
}

function fromSource({ userId, deviceId, role, has }: Source, wanted: string[]): PlannedGrant | undefined {
  const granted = grantedContents(has, wanted);
  if (granted.length === 0) return undefined;
  const of = granted.map(({ shares, contentIds }) => ({ shareIds: shares.map(({ shareId }) => shareId), contentIds }));
  const shares = new Map(granted.flatMap((group) => group.shares).map((share) => [share.shareId, share]));
  return {
    userId,
    deviceId,
    role,
    want: { type: 'contents', of },
    shares: [...shares.values()],
    leave: { contents: of },
  };
}

function byRole(a: Source, b: Source): number {
  return Number(a.role === 'holder') - Number(b.role === 'holder');
}

/** Of a hundred equal sources, each device is given others: the same few would serve everybody. */
function byTurn(a: Source, b: Source, askingDeviceId: string): number {
  const rank = ({ deviceId }: Source) => createHash('sha256').update(`${askingDeviceId} ${deviceId}`).digest('hex');
  return rank(a) < rank(b) ? -1 : 1;
}
