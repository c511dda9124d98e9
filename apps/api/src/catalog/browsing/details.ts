// One entry with everybody who has it, as its page shows it.
import type { CatalogDetails, CatalogPlace } from '@ferry/shared';
import type { Viewer } from '../catalog-index.ts';
import type { Sources } from '../sources.ts';
import { toEntry } from './entry-rows.ts';
import type { Holders } from './holders.ts';
import type { Places } from './places.ts';

/** More than a list of people is for. */
const MOST_SOURCES = 100;
const MOST_SHARES = 500;

/** @throws `not-found` */
export function details(
  { places, sources, holders }: { places: Places; sources: Sources; holders: Holders },
  viewer: Viewer,
  wanted: CatalogPlace,
): CatalogDetails {
  const place = places.place(viewer, wanted);
  const { entryNo: _, shareNo: __, ...row } = place;
  const { contentId } = row;
  const copies = contentId ? sources.of(viewer, contentId, MOST_SHARES) : [];
  const sharing = new Set([row.deviceId, ...copies.map(({ deviceId }) => deviceId)]);
  const holding = contentId ? holders.online(viewer, contentId) : [];
  const holderCount = holding.filter(({ deviceId }) => !sharing.has(deviceId)).length;
  const online = new Set(viewer.onlineDeviceIds);
  const entry = toEntry(row, copies, { online, isPassedOn: holderCount > 0, mostSources: MOST_SOURCES });
  return { ...entry, holderCount };
}
