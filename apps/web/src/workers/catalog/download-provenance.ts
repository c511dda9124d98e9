// Notes which shares a download comes from while it comes: before a chunk is kept, so that nothing is ever passed on by
// less leave than it came with. Knows no server.
import { withMore } from './came-from.ts';
import type { CameFrom, CatalogOrigin } from './download-record.ts';

export interface DownloadProvenanceOptions {
  /** Its `cameFrom` is kept up to date. */
  catalog: CatalogOrigin;
  /** What a device was asked with so far; undefined for one that was not asked. */
  leaveOf: (deviceId: string) => readonly CameFrom[] | undefined;
  /** {@link catalog} is different. */
  changed: () => void;
}

export class DownloadProvenance {
  readonly #options: DownloadProvenanceOptions;
  /** Leave that was noted already, by device. */
  readonly #noted = new Map<string, readonly CameFrom[]>();

  constructor(options: DownloadProvenanceOptions) {
    this.#options = options;
  }

  /** A chunk came from this device, and is what it should be. */
  note(deviceId: string): void {
    const { catalog, leaveOf, changed } = this.#options;
    const leave = leaveOf(deviceId);
    if (leave && this.#noted.get(deviceId) === leave) return;
    const before = catalog.cameFrom;
    // What is not known of some of it is not known of any of it.
    catalog.cameFrom = before && leave && withMore(before, leave);
    if (leave) this.#noted.set(deviceId, leave);
    if (catalog.cameFrom !== before) changed();
  }
}
