// Which devices may be asked for a place of the catalog, in which role, and for what of it. Pure: signs nothing.
import { createHash } from 'node:crypto';
import { type CapabilityClaims, type Grant, LIMITS } from '@ferry/shared';
import type { FetchablePlace } from '../catalog/catalog-index.ts';

/** More sources than that move a file no faster. */
const MOST_GRANTS = 8;

export interface PlannedGrant extends Omit<Grant, 'capability'> {
  leave: Pick<CapabilityClaims, 'share' | 'contents'>;
}

interface Source {
  userId: string;
  deviceId: string;
  role: 'copy' | 'holder';
  contentIds: Set<string>;
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
  const add = (role: Source['role'], userId: string, deviceId: string, has: readonly string[]) => {
    if (deviceId === askingDeviceId || deviceId === origin.deviceId || !online.has(deviceId)) return;
    const source = sources.get(deviceId) ?? { userId, deviceId, role, contentIds: new Set() };
    for (const contentId of has) source.contentIds.add(contentId);
    sources.set(deviceId, source);
  };
  for (const { source, contentIds } of copies) add('copy', source.userId, source.deviceId, contentIds);
  for (const { userId, deviceId, contentIds } of holders) add('holder', userId, deviceId, contentIds);

  const { userId, deviceId, shareId, path } = origin;
  const owner: PlannedGrant = {
    userId,
    deviceId,
    role: 'owner',
    want: { type: 'place', shareId, path },
    leave: { share: shareId },
  };
  const others = [...sources.values()]
    .sort((a, b) => byRole(a, b) || b.contentIds.size - a.contentIds.size || byTurn(a, b, askingDeviceId))
    .map((source) => fromSource(source, contentIds))
    .filter((grant) => grant !== undefined);
  return [...(deviceId === askingDeviceId ? [] : [owner]), ...others].slice(0, MOST_GRANTS);
}

/** In the order of the place, so that both devices number the files alike. */
function fromSource({ userId, deviceId, role, contentIds: has }: Source, wanted: string[]): PlannedGrant | undefined {
  const contentIds = [...new Set(wanted.filter((contentId) => has.has(contentId)))];
  if (contentIds.length === 0) return undefined;
  const asked = contentIds.slice(0, LIMITS.catalogWantedContents);
  return { userId, deviceId, role, want: { type: 'contents', contentIds: asked }, leave: { contents: asked } };
}

function byRole(a: Source, b: Source): number {
  return Number(a.role === 'holder') - Number(b.role === 'holder');
}

/** Of a hundred equal sources, each device is given others: the same few would serve everybody. */
function byTurn(a: Source, b: Source, askingDeviceId: string): number {
  const rank = ({ deviceId }: Source) => createHash('sha256').update(`${askingDeviceId} ${deviceId}`).digest('hex');
  return rank(a) < rank(b) ? -1 : 1;
}
