// What the page is told of a download besides its transfer: which places of the catalog it fetches, under which name, and
// from whom it came. Pure.
import type { CatalogPlace } from '@ferry/shared';
import type { BundleSummary } from '@ferry/webrtc-core';
import type { CatalogOrigin } from './download-record.ts';

/** A snapshot is told ten times a second: of many files that are fetched by themselves, rows show the first ones only. */
const MOST_PLACES = 16;

/** The file or folder it is, or those files of it that are fetched by themselves. */
export function placesOf({ place, onlyPaths }: Pick<CatalogOrigin, 'place' | 'onlyPaths'>): CatalogPlace[] {
  if (!onlyPaths) return [place];
  const { shareId, path } = place;
  return onlyPaths.slice(0, MOST_PLACES).map((segments) => ({ shareId, path: pathOf(path, segments).join('/') }));
}

/**
 * Of files that are fetched by themselves their own name, the first one's: their owner only tells the folder's.
 *
 * @param origin null for what somebody sent
 */
export function shownTitle(
  origin: Pick<CatalogOrigin, 'onlyPaths'> | null | undefined,
  { title, itemCount }: Pick<BundleSummary, 'title' | 'itemCount'>,
): Pick<BundleSummary, 'title' | 'itemCount'> {
  const paths = origin?.onlyPaths ?? [];
  const name = paths[0]?.at(-1);
  return name === undefined ? { title, itemCount } : { title: name, itemCount: paths.length };
}

/** Manifests begin with the name of what was asked for, which for a whole folder that is shared is not part of its paths. */
function pathOf(place: string, segments: readonly string[]): readonly string[] {
  if (place !== '') return [...place.split('/').slice(0, -1), ...segments];
  return segments.length > 1 ? segments.slice(1) : segments;
}
