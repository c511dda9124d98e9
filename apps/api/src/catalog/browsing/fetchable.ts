// What may be fetched at a place, and of whom: the device of the place, colleagues who share equal content, devices that
// hold it. Decides nothing about leave to fetch but what the viewer may see.
import { type CatalogPlace, LIMITS } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import type { FetchableDevice, FetchablePlace, Viewer } from '../catalog-index.ts';
import { prepareOnce } from '../prepare-once.ts';
import type { Sources } from '../sources.ts';
import { FoundDevices } from './found-devices.ts';
import type { Holders } from './holders.ts';
import type { PlaceRow, Places } from './places.ts';

/** Looked at for so many verified ones: a large folder that was never hashed is not read to its end. */
const MOST_FILES = 8 * LIMITS.catalogWantedContents;
/** Devices besides the first: more than a transfer asks at once. */
const MOST_DEVICES = 16;

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
    const known = new Set([deviceId, ...copies.map((copy) => copy.deviceId)]);
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

  #copies(viewer: Viewer, contents: Map<string, Buffer>, originId: string): FetchableDevice[] {
    const online = new Set(viewer.onlineDeviceIds);
    const copies = new FoundDevices();
    for (const [contentId, bytes] of contents) {
      for (const { userId, deviceId, shareId } of this.#sources.of(viewer, bytes)) {
        if (deviceId === originId || !online.has(deviceId)) continue;
        copies.add({ userId, deviceId, shares: [{ shareId, userId }] }, contentId);
      }
    }
    return copies.mostFirst(MOST_DEVICES);
  }

  #holding(viewer: Viewer, contents: Map<string, Buffer>, known: Set<string>): FetchableDevice[] {
    const holders = new FoundDevices();
    for (const [contentId, bytes] of contents) {
      for (const holder of this.#holders.online(viewer, bytes)) {
        if (!known.has(holder.deviceId)) holders.add(holder, contentId);
      }
    }
    return holders.mostFirst(MOST_DEVICES);
  }
}
