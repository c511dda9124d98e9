// What was downloaded from the catalog and is here, wholly or in part, found by content for whoever has leave by the shares
// it came from. Which of it the server is told, holdings.ts says. Knows no requests.
import { type ContentId, LIMITS, type OwnedShare } from '@ferry/shared';
import { type BundledFile, BundleLayout, isEnded, type Receiver } from '@ferry/webrtc-core';
import type { BundleRecords } from '../bundle-records.ts';
import type { BundleStores } from '../bundle-stores.ts';
import type { ReceivedBundles } from '../received-bundles.ts';
import type { TransferTable } from '../transfer-table.ts';
import { mayPassOn, sharesOf } from './came-from.ts';
import { contentIdBytes, contentIdText } from './content-id-text.ts';
import type { KeptContent } from './download-record.ts';
import { keptFile, partialFile } from './held-files.ts';

export interface HeldContentsOptions {
  table: TransferTable;
  records: Pick<BundleRecords, 'contents' | 'entries' | 'shareableContents'>;
  received: Pick<ReceivedBundles, 'get'>;
  stores: Pick<BundleStores, 'content' | 'hashes'>;
  /** The user lets others have it. */
  isAllowed: () => boolean;
  /** Something that is being received came from one more share: whoever gets it may not have leave by that one. */
  outgrown: () => void;
}

/** Content that may be passed on, to whoever may see all of these shares. */
export interface PassedOn {
  contentId: ContentId;
  sizeBytes: number;
  shares: OwnedShare[];
}

/** A file with a content id that is being received. */
interface Arriving {
  receiver: Receiver;
  index: number;
  contentId: ContentId;
}

export class HeldContents {
  readonly #options: HeldContentsOptions;

  constructor(options: HeldContentsOptions) {
    this.#options = options;
  }

  /**
   * A file of this content, for whoever has leave by these shares; undefined when it is not here, or not for others.
   * `other-shares`: it is here, and came from others than these.
   */
  async find(contentId: ContentId, shareIds: readonly string[]): Promise<BundledFile | 'other-shares' | undefined> {
    const { isAllowed, records } = this.#options;
    if (!isAllowed()) return undefined;
    let isHere = false;
    for (const kept of await records.contents(contentId)) {
      if (!this.#isShareable(kept)) continue;
      isHere = true;
      const file = this.#mayPassOn(kept, shareIds) ? await this.#keptFile(kept) : undefined;
      if (file) return file;
    }
    for (const arriving of this.#arriving()) {
      if (arriving.contentId !== contentId) continue;
      const afterwards = { transferId: arriving.receiver.transfer, entryIndex: arriving.index, contentId };
      if (this.#mayPassOn(afterwards, shareIds)) return this.#partialFile(arriving, afterwards, shareIds);
      isHere = true;
    }
    return isHere ? 'other-shares' : undefined;
  }

  /** The largest: those take longest from one source alone. */
  async largest(): Promise<PassedOn[]> {
    const { isAllowed, records } = this.#options;
    if (!isAllowed()) return [];
    const found = new Map<ContentId, PassedOn>();
    const add = (contentId: ContentId, transferId: string, sizeBytes: number) => {
      const shares = this.#sharesOf(contentId, transferId);
      const known = found.get(contentId);
      // Of several copies the one that most people may have.
      if (shares && !(known && known.shares.length <= shares.length))
        found.set(contentId, { contentId, sizeBytes, shares });
    };
    const kept = await records.shareableContents(LIMITS.catalogHoldings, (content) => this.#isShareable(content));
    for (const { contentId, transferId, shareableBytes = 0 } of kept) add(contentId, transferId, shareableBytes);
    for (const { receiver, index, contentId } of this.#arriving())
      add(contentId, receiver.transfer, receiver.chosen!.entries[index]!.sizeBytes);
    return [...found.values()].sort((one, other) => other.sizeBytes - one.sizeBytes).slice(0, LIMITS.catalogHoldings);
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

  #sharesOf(contentId: ContentId, transferId: string): OwnedShare[] | undefined {
    return sharesOf(contentId, this.#options.received.get(transferId)?.catalog?.cameFrom);
  }

  #isShareable({ contentId, transferId, shareableBytes }: KeptContent): boolean {
    return shareableBytes !== undefined && this.#sharesOf(contentId, transferId) !== undefined;
  }

  #mayPassOn({ contentId, transferId }: KeptContent, shareIds: readonly string[]): boolean {
    return mayPassOn(contentId, this.#options.received.get(transferId)?.catalog?.cameFrom, shareIds);
  }

  #partialFile({ receiver, index }: Arriving, afterwards: KeptContent, shareIds: readonly string[]): BundledFile {
    return partialFile(receiver, index, {
      mayPassOn: () => this.#mayPassOn(afterwards, shareIds),
      outgrown: this.#options.outgrown,
      kept: async () => {
        const file = await this.#keptFile(afterwards);
        if (!file) throw new DOMException(afterwards.contentId, 'NotFoundError');
        return file;
      },
    });
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
