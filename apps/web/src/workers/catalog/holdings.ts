// What was downloaded from the catalog and is here, wholly or in part, so that others can have it from here, too: finds it
// by content, and tells the server what there is. Knows no requests.
import { type ContentId, LIMITS } from '@ferry/shared';
import { BundleLayout, type Clock, isEnded, type Receiver } from '@ferry/webrtc-core';
import type { BundleRecords } from '../bundle-records.ts';
import type { BundleStores } from '../bundle-stores.ts';
import type { TransferTable } from '../transfer-table.ts';
import { Agenda } from './agenda.ts';
import type { CatalogServer } from './catalog-server.ts';
import { contentIdBytes, contentIdText } from './content-id-text.ts';
import type { KeptContent } from './download-record.ts';
import type { BundledFile } from './entry-bundle.ts';
import { keptFile, partialFile } from './held-files.ts';

/** What changes all the time while something is under way is told at most this often. */
const TELL_AFTER_MS = 15_000;
const TELL_AGAIN_MS = 60_000;

export interface HoldingsOptions {
  deviceId: string;
  table: TransferTable;
  records: Pick<BundleRecords, 'content' | 'entries' | 'shareableContents'>;
  stores: Pick<BundleStores, 'content' | 'hashes'>;
  server: Pick<CatalogServer, 'hold'>;
  clock: Clock;
  /** The user lets others have it. */
  isAllowed: () => boolean;
}

/** A file with a content id that is being received. */
interface Arriving {
  receiver: Receiver;
  index: number;
  contentId: ContentId;
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

  /** A file of this content; undefined when it is not here, or not for others. */
  async find(contentId: ContentId): Promise<BundledFile | undefined> {
    if (!this.#options.isAllowed()) return undefined;
    const kept = await this.#options.records.content(contentId);
    if (kept?.shareableBytes !== undefined) return this.#keptFile(kept);
    for (const arriving of this.#arriving()) {
      if (arriving.contentId !== contentId) continue;
      const { receiver, index } = arriving;
      const afterwards = { transferId: receiver.transfer, entryIndex: index, contentId };
      return partialFile(receiver, index, async () => {
        const file = await this.#keptFile(afterwards);
        if (!file) throw new DOMException(contentId, 'NotFoundError');
        return file;
      });
    }
    return undefined;
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
    const { server, deviceId } = this.#options;
    this.#isTelling = false;
    const contentIds = this.#options.isAllowed() ? await this.#contentIds() : [];
    const text = contentIds.join(' ');
    if (text === this.#told) return;
    try {
      await server.hold(deviceId, contentIds);
      this.#told = text;
    } catch {
      this.#told = undefined;
      this.#isTelling = true;
      this.#agenda.after(TELL_AGAIN_MS, () => void this.#tell());
    }
  }

  /** The largest: those take longest from one source alone. */
  async #contentIds(): Promise<ContentId[]> {
    const sizes = new Map<ContentId, number>();
    for (const { contentId, shareableBytes = 0 } of await this.#options.records.shareableContents(
      LIMITS.catalogHoldings,
    )) {
      sizes.set(contentId, shareableBytes);
    }
    for (const { receiver, index, contentId } of this.#arriving()) {
      sizes.set(contentId, receiver.chosen!.entries[index]!.sizeBytes);
    }
    const largest = [...sizes].sort(([, a], [, b]) => b - a).slice(0, LIMITS.catalogHoldings);
    return largest.map(([contentId]) => contentId).sort();
  }

  /** Files that are being downloaded and of which something is here. */
  *#arriving(): Generator<Arriving> {
    for (const { direction, origin, transfer } of this.#options.table.all()) {
      if (direction !== 'receive' || origin !== 'catalog' || isEnded(transfer.state)) continue;
      const { chosen, held } = transfer;
      if (!chosen || !held || held.count === 0) continue;
      const layout = new BundleLayout(chosen);
      for (const [index, { contentId }] of chosen.entries.entries()) {
        const { first, count } = layout.chunksOf(index);
        const next = held.nextSet(first);
        if (contentId && next !== -1 && next < first + count) {
          yield { receiver: transfer, index, contentId: contentIdText(contentId) };
        }
      }
    }
  }

  async #keptFile({ transferId, entryIndex, contentId }: KeptContent): Promise<BundledFile | undefined> {
    const { records, stores } = this.#options;
    const entries = await records.entries(transferId);
    if (!entries?.chosen.entries[entryIndex]) return undefined;
    const { chosen } = entries;
    const layout = new BundleLayout(chosen);
    const bundle = {
      chosen,
      content: () => stores.content(transferId, layout),
      hashes: () => stores.hashes(transferId, layout),
    };
    return keptFile(bundle, entryIndex, contentIdBytes(contentId));
  }
}
