// Tells the server what is held here of the catalog without being shared, so that others are sent to it. Knows no files.
import type { Clock } from '@ferry/webrtc-core';
import { Agenda } from './agenda.ts';
import type { CatalogServer } from './catalog-server.ts';
import type { HeldContents } from './held-contents.ts';
import { toHoldings } from './told-holdings.ts';

/** What changes all the time while something is under way is told at most this often. */
const TELL_AFTER_MS = 15_000;
const TELL_AGAIN_MS = 60_000;

export interface HoldingsOptions {
  deviceId: string;
  held: Pick<HeldContents, 'largest'>;
  server: Pick<CatalogServer, 'hold'>;
  clock: Clock;
}

export class Holdings {
  readonly #options: HoldingsOptions;
  readonly #agenda: Agenda;
  #isTelling = false;
  /** What the server knows; undefined after it could not be told. */
  #told: string | undefined;

  constructor(options: HoldingsOptions) {
    this.#options = options;
    this.#agenda = new Agenda(options.clock);
  }

  /** Something more, or less, is here: the server is told in a while. */
  changed({ isSoon = false } = {}): void {
    if (this.#isTelling && !isSoon) return;
    this.#isTelling = true;
    this.#agenda.clear();
    this.#agenda.after(isSoon ? 0 : TELL_AFTER_MS, () => void this.#tell());
  }

  /** The server may have forgotten it. */
  tellAnew(): void {
    this.#told = undefined;
    this.changed();
  }

  async #tell(): Promise<void> {
    const { server, deviceId, held } = this.#options;
    this.#isTelling = false;
    const holdings = toHoldings(await held.largest());
    const text = JSON.stringify(holdings);
    if (text === this.#told) return;
    try {
      await server.hold({ deviceId, holdings });
      this.#told = text;
      // What came to its end a moment ago may not have been written down yet.
      this.#agenda.after(TELL_AGAIN_MS, () => void this.#tell());
    } catch {
      this.#told = undefined;
      this.#isTelling = true;
      this.#agenda.after(TELL_AGAIN_MS, () => void this.#tell());
    }
  }
}
