// The shares that are there while the engine runs: carries out what their state machines say, and has them walked, counted
// and published. Knows no commands of the page.
import type { EndedShare, ShareSnapshot } from '../../adapters/catalog-contract.ts';
import type { ShareRecord } from './catalog-database.ts';
import type { CatalogServer } from './catalog-server.ts';
import type { EntryRecords } from './entry-records.ts';
import { LiveShare } from './live-share.ts';
import type { OpenShare } from './open-share.ts';
import type { OutboxRecords } from './outbox-records.ts';
import type { StartScanner } from './scan-worker.ts';
import { accessOf } from './share-access.ts';
import { type PublishingEvent, SharePublishing } from './share-publishing.ts';
import type { ShareRecords } from './share-records.ts';
import { ShareScanning } from './share-scanning.ts';
import { type ShareEvent, transition } from './share-state.ts';
import { ShareTallies } from './share-tallies.ts';

export interface ShareBoardOptions {
  userId: string;
  deviceId: string;
  server: CatalogServer;
  shares: ShareRecords;
  entries: EntryRecords;
  outbox: OutboxRecords;
  startScanner: StartScanner;
  /** Something may look different. */
  touch: () => void;
  /** It was ended from another device, and is shared from here no more. */
  ended: (share: EndedShare) => void;
}

export class ShareBoard {
  readonly publishing: SharePublishing;
  readonly scanning: ShareScanning;
  readonly tallies: ShareTallies;
  readonly #options: ShareBoardOptions;
  readonly #shares = new Map<string, LiveShare>();

  constructor(options: ShareBoardOptions) {
    const { userId, deviceId, server, shares, entries, outbox, startScanner, touch } = options;
    this.#options = options;
    this.tallies = new ShareTallies({ shares, share: (shareId) => this.get(shareId), touch });
    this.scanning = new ShareScanning({
      userId,
      startScanner,
      share: (shareId) => this.get(shareId),
      shares: () => this.all(),
      apply: (share, event) => this.apply(share, event),
      change: (shareId, change) => this.change(shareId, change),
      count: (shareId) => this.tallies.count(shareId),
      publish: (shareId, delayMs) => this.publishing.wake(shareId, delayMs),
    });
    this.publishing = new SharePublishing({
      deviceId,
      server,
      entries,
      outbox,
      share: (shareId) => this.get(shareId)?.record,
      shareIds: () => [...this.#shares.keys()],
      listedCount: (shareId) => this.tallies.listedCount(shareId),
      change: (shareId, change) => this.change(shareId, change),
      tell: (shareId, event) => this.#published(shareId, event),
    });
  }

  all(): LiveShare[] {
    return [...this.#shares.values()];
  }

  get(shareId: string): LiveShare | undefined {
    return this.#shares.get(shareId);
  }

  snapshots(): ShareSnapshot[] {
    return this.all().map((share) => share.snapshot(this.publishing.countAnew(share.record.shareId)));
  }

  async add(record: ShareRecord): Promise<LiveShare> {
    const share = new LiveShare(record);
    this.#shares.set(record.shareId, share);
    await this.tallies.count(record.shareId);
    return share;
  }

  /**
   * It is shared no more, at once; the server is told as soon as it can be.
   *
   * @param ended is remembered of it, with the same transaction
   */
  async remove(share: LiveShare, ended?: EndedShare): Promise<void> {
    const { shareId } = share.record;
    this.apply(share, { type: 'stopped' });
    this.#shares.delete(shareId);
    this.scanning.tellSources();
    this.#options.touch();
    await this.#options.shares.delete(shareId, ended);
    this.publishing.forget(shareId);
  }

  /** Remembers it. */
  async change(shareId: string, change: Partial<ShareRecord>): Promise<void> {
    const share = this.#shares.get(shareId);
    if (!share) return;
    share.record = { ...share.record, ...change };
    this.#options.touch();
    await this.#options.shares.change(shareId, change);
  }

  apply(share: LiveShare, event: ShareEvent): void {
    const [state, effects] = transition(share.state, event);
    share.state = state;
    for (const effect of effects) {
      if (effect === 'walk') this.scanning.walk(share, null);
      else this.scanning.cancelWalk(share.record.shareId);
    }
    this.scanning.tellSources();
    this.#options.touch();
  }

  /** Whether its files can be opened now; if so, they are looked for. */
  async look(share: LiveShare): Promise<void> {
    this.apply(share, { type: await accessOf(share) });
  }

  /** For reading; undefined when the browser does not let now. */
  async open(shareId: string): Promise<OpenShare | undefined> {
    const share = this.#shares.get(shareId);
    if (!share) return undefined;
    const access = await accessOf(share);
    if (access === 'opened') return share.open();
    this.apply(share, { type: access });
    return undefined;
  }

  #published(shareId: string, event: PublishingEvent): void {
    const share = this.#shares.get(shareId);
    if (!share) return;
    if (event === 'ended') return void this.#end(share);
    const outcome = ({ reached: 'reached', 'server-away': 'away', full: 'full' } as const)[event];
    if (share.state.server !== outcome) this.apply(share, { type: 'server', outcome });
    if (event === 'reached') void this.tallies.count(shareId);
  }

  async #end(share: LiveShare): Promise<void> {
    const { shareId, title, kind } = share.record;
    const ended = { shareId, title, kind, endedAt: Date.now() };
    const removed = this.remove(share, ended);
    // Whoever is being served hears of it now, not when everything is deleted.
    this.#options.ended(ended);
    await removed;
  }
}
