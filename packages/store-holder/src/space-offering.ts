// The room that this device gives to others, and what the server is told of it. Knows no duties.
import type { SpaceOffer } from '@ferry/shared';
import type { ColumnShelf } from './column-shelf.ts';
import type { HolderServer } from './holder-server.ts';
import type { RoomNow } from './keep-agenda.ts';

/** Disks fill and empty by themselves, and the server counts on its own: so much more or less is news. */
const STEP_BYTES = 256 * 1024 * 1024;

export interface SpaceOfferingOptions {
  deviceId: string;
  offeredBytes: number;
  isAlwaysOn: boolean;
  freeBytes: () => Promise<number>;
  shelf: Pick<ColumnShelf, 'totals'>;
  server: Pick<HolderServer, 'offer'>;
}

export class SpaceOffering {
  offeredBytes: number;
  readonly #options: SpaceOfferingOptions;
  #told: SpaceOffer | undefined;

  constructor(options: SpaceOfferingOptions) {
    this.#options = options;
    this.offeredBytes = options.offeredBytes;
  }

  async room(): Promise<RoomNow> {
    return { offeredBytes: this.offeredBytes, freeBytes: await this.#options.freeBytes() };
  }

  /** The server may have forgotten it. */
  tellAnew(): void {
    this.#told = undefined;
  }

  /** Says it when it is not what the server was told. */
  async tell(): Promise<void> {
    const { deviceId, isAlwaysOn, shelf, server } = this.#options;
    const { offeredBytes, freeBytes } = await this.room();
    const offer: SpaceOffer = { deviceId, offeredBytes, usedBytes: shelf.totals.keptBytes, freeBytes, isAlwaysOn };
    if (this.#told && !isNews(offer, this.#told)) return;
    await server.offer(offer);
    this.#told = offer;
  }
}

function isNews(offer: SpaceOffer, told: SpaceOffer): boolean {
  if (offer.offeredBytes !== told.offeredBytes) return true;
  const [used, free] = [offer.usedBytes - told.usedBytes, offer.freeBytes - told.freeBytes];
  return Math.max(Math.abs(used), Math.abs(free)) >= STEP_BYTES;
}
