// What may be fetched at a place, and of whom: the device of the place, colleagues who share equal content, devices that
// hold it. Decides nothing about leave to fetch but what the viewer may see.
import { type CatalogPlace, LIMITS } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import type { FetchablePlace, Viewer } from '../catalog-index.ts';
import { prepareOnce } from '../prepare-once.ts';
import type { Sources } from '../sources.ts';
import type { Holder, Holders } from './holders.ts';
import type { PlaceRow, Places } from './places.ts';

/** Looked at for so many verified ones: a large folder that was never hashed is not read to its end. */
const MOST_FILES = 8 * LIMITS.catalogWantedContents;
/** Devices besides the first: more than a transfer asks at once. */
const MOST_DEVICES = 16;

type Copy = FetchablePlace['copies'][number];

export class Fetchable {
  readonly #files: Statement;
  readonly #places: Places;
  readonly #sources: Sources;
  readonly #holders: Holders;

  constructor(sqlite: Database, using: { places: Places; sources: Sources; holders: Holders }) {
    this.#places = using.places;
    this.#sources = using.sources;
    this.#holders = using.holders;
    this.#files = prepareOnce(
      sqlite,
      `SELECT content_id FROM
           (SELECT content_id FROM entries
            WHERE share_no = @shareNo AND path > @from AND path < @to AND is_folder = 0
            ORDER BY path LIMIT ${MOST_FILES})
         WHERE content_id IS NOT NULL`,
    ).pluck();
  }

  /** @throws `not-found` */
  at(viewer: Viewer, wanted: CatalogPlace): FetchablePlace {
    const place = this.#places.place(viewer, wanted);
    const { userId, deviceId, shareId, path } = place;
    const contents = this.#contents(place);
    const copies = this.#copies(viewer, contents, deviceId);
    const known = new Set([deviceId, ...copies.map(({ source }) => source.deviceId)]);
    return {
      origin: { userId, deviceId, shareId, path },
      isFolder: place.kind === 'folder',
      contentIds: [...contents.keys()],
      copies,
      holders: this.#holding(viewer, contents, known),
    };
  }

  /** By content id; of equal files one. */
  #contents({ kind, contentId, shareNo, path }: PlaceRow): Map<string, Buffer> {
    // '0' is the character after the slash; of the whole share everything is after the empty path.
    const [from, to] = path === '' ? ['', '\u{10ffff}'] : [`${path}/`, `${path}0`];
    const found = kind === 'folder' ? (this.#files.all({ shareNo, from, to }) as Buffer[]) : [contentId];
    const contents = new Map<string, Buffer>();
    for (const id of found) if (id) contents.set(id.toString('base64url'), id);
    return new Map([...contents].slice(0, LIMITS.catalogWantedContents));
  }

  #copies(viewer: Viewer, contents: Map<string, Buffer>, originId: string): Copy[] {
    const online = new Set(viewer.onlineDeviceIds);
    const byDevice = new Map<string, Copy>();
    for (const [contentId, bytes] of contents) {
      for (const { path: _, ...source } of this.#sources.of(viewer, bytes)) {
        if (source.deviceId === originId || !online.has(source.deviceId)) continue;
        const copy = byDevice.get(source.deviceId) ?? { source, contentIds: [] };
        copy.contentIds.push(contentId);
        byDevice.set(source.deviceId, copy);
      }
    }
    return mostFirst([...byDevice.values()]);
  }

  #holding(viewer: Viewer, contents: Map<string, Buffer>, known: Set<string>): FetchablePlace['holders'] {
    const byDevice = new Map<string, Holder & { contentIds: string[] }>();
    for (const [contentId, bytes] of contents) {
      for (const { userId, deviceId } of this.#holders.online(viewer, bytes)) {
        if (known.has(deviceId)) continue;
        const holder = byDevice.get(deviceId) ?? { userId, deviceId, contentIds: [] };
        holder.contentIds.push(contentId);
        byDevice.set(deviceId, holder);
      }
    }
    return mostFirst([...byDevice.values()]);
  }
}

function mostFirst<Device extends { contentIds: string[] }>(devices: Device[]): Device[] {
  return devices.sort((one, other) => other.contentIds.length - one.contentIds.length).slice(0, MOST_DEVICES);
}
