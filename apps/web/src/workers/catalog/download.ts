// One download from the catalog over time: when the server is asked who has it, when those are asked again that refused,
// and when nobody has it any more. Knows no records and no rows.
import type { Grant, GrantAnswer } from '@ferry/shared';
import {
  type Clock,
  type Exchange,
  isEnded,
  type Receiver,
  type RefusalReason,
  type SourceOptions,
} from '@ferry/webrtc-core';
import type { PeopleDirectory } from '../people-directory.ts';
import { Refusal } from '../refusal.ts';
import { Agenda } from './agenda.ts';
import { DownloadGrants } from './download-grants.ts';
import { mayStillCome } from './download-hope.ts';
import { cameOnlineMs, isWorthLooking, nextLookMs, restsWithoutSource } from './download-lookout.ts';
import { DownloadProvenance } from './download-provenance.ts';
import type { CatalogOrigin } from './download-record.ts';
import { DownloadSources } from './download-sources.ts';
import { laterMs, waitAfter } from './refusal-wait.ts';

/** What was granted just now and has expired will hardly be better when it is asked for again. */
const FRESH_MS = 10_000;

export interface DownloadOptions {
  transferId: string;
  ownerId: string;
  /** Its sources are kept up to date. */
  catalog: CatalogOrigin;
  exchange: Exchange;
  people: PeopleDirectory;
  ask: () => Promise<GrantAnswer>;
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
  /** {@link catalog} is different. */
  changed: () => void;
  /** It is not shared any more, or not with this user, and nobody else can give all of it. */
  gone: () => void;
}

export class Download {
  readonly transferId: string;
  readonly catalog: CatalogOrigin;
  readonly #options: DownloadOptions;
  readonly #grants: DownloadGrants;
  readonly #sources: DownloadSources;
  readonly #provenance: DownloadProvenance;
  readonly #agenda: Agenda;
  /** Sources that refused, and are asked again at some time or never. */
  readonly #refused = new Set<string>();
  #receiver: Receiver | undefined;
  /** The owner's device, or the server, says that there is no such thing. */
  #isGone = false;
  #isRunning = false;

  constructor(options: DownloadOptions) {
    this.#options = options;
    this.transferId = options.transferId;
    this.catalog = options.catalog;
    this.#agenda = new Agenda(options.clock);
    this.#grants = new DownloadGrants({
      ask: options.ask,
      nowMs: () => options.clock.now(),
      granted: (grants) => this.#granted(grants),
      failed: (error) => this.#failed(error),
    });
    this.#sources = new DownloadSources({ ...options, reference: (deviceId) => this.#grants.reference(deviceId) });
    this.#provenance = new DownloadProvenance({ ...options, leaveOf: (deviceId) => this.#grants.leaveOf(deviceId) });
  }

  /** As of an earlier life of this program. */
  get knownSources(): SourceOptions[] {
    return this.#sources.known;
  }

  /** Whether the manifest may be somebody else's word than its owner's. */
  get hasOtherOrigins(): boolean {
    return this.#receiver?.sources.some(({ peerId, isOrigin }) => isOrigin && !this.#sources.isOwner(peerId)) ?? false;
  }

  start(receiver: Receiver): void {
    this.#receiver = receiver;
    receiver.events.on('verified', ({ peerId }) => this.#provenance.note(peerId));
    if (!isEnded(receiver.state)) this.#run();
  }

  stop(): void {
    this.#isRunning = false;
    this.#agenda.clear();
    this.#refused.clear();
  }

  /** Something that its receiver shows is different. */
  receiverChanged(): void {
    const receiver = this.#receiver;
    if (!receiver) return;
    if (isEnded(receiver.state)) return this.stop();
    // What had failed is tried again.
    if (!this.#isRunning) return this.#run();
    for (const { peerId, status, refusal } of receiver.sources) {
      if (status === 'refused' && refusal && !this.#refused.has(peerId)) this.#wasRefused(peerId, refusal);
    }
    this.#checkHope();
  }

  cameOnline(deviceIds: ReadonlySet<string>): void {
    const { people, ownerId, random } = this.#options;
    if (!this.#isRunning || !restsWithoutSource(this.#receiver!)) return;
    const isKnown = this.#receiver!.sources.some(({ peerId }) => deviceIds.has(peerId));
    const isOwner = people.devicesOf(ownerId).some((deviceId) => deviceIds.has(deviceId));
    if (isKnown || isOwner) this.#agenda.after(cameOnlineMs(random()), () => void this.#grants.refresh());
  }

  #run(): void {
    this.#isRunning = true;
    this.#isGone = false;
    for (const { peerId, status } of this.#receiver!.sources) if (status === 'refused') this.#askAgain(peerId);
    void this.#grants.refresh();
    this.#lookAroundLater();
  }

  #granted(grants: readonly Grant[]): void {
    const receiver = this.#isRunning ? this.#receiver : undefined;
    this.#sources.granted(receiver, grants);
    if (receiver) this.#options.changed();
  }

  #failed(error: unknown): void {
    if (!this.#isRunning) return;
    if (!(error instanceof Refusal) || error.code !== 'not-found') {
      const retryAfterMs = error instanceof Refusal ? (error.retryAfterMs ?? 0) : 0;
      const waitMs = Math.max(retryAfterMs, laterMs(this.#options.random()));
      return void this.#agenda.after(waitMs, () => void this.#grants.refresh());
    }
    this.#isGone = true;
    this.#checkHope();
  }

  #wasRefused(peerId: string, reason: RefusalReason): void {
    this.#refused.add(peerId);
    const isFresh = this.#grants.isNewerThan(FRESH_MS);
    const waitMs = waitAfter(reason, { isFresh, random: this.#options.random() });
    if (waitMs !== undefined) this.#agenda.after(waitMs, () => void this.#askWithFresh(peerId));
    else if (this.#sources.isOwner(peerId)) this.#isGone = true;
  }

  async #askWithFresh(peerId: string): Promise<void> {
    if (!this.#grants.isNewerThan(FRESH_MS)) await this.#grants.refresh();
    if (this.#isRunning) this.#askAgain(peerId);
  }

  #askAgain(peerId: string): void {
    this.#refused.delete(peerId);
    this.#options.exchange.askAgain(this.#receiver!, peerId);
  }

  #checkHope(): void {
    const receiver = this.#receiver;
    if (!this.#isGone || !this.#isRunning || !receiver) return;
    const isOwner = (deviceId: string) => this.#sources.isOwner(deviceId);
    const isOnline = (deviceId: string) => this.#options.people.isOnline(deviceId);
    if (mayStillCome(receiver, { isOwner, isOnline })) return;
    this.stop();
    this.#options.gone();
  }

  #lookAroundLater(): void {
    const receiver = this.#receiver!;
    this.#agenda.after(nextLookMs(receiver, this.#options.random()), () => {
      if (isWorthLooking(receiver)) void this.#grants.refresh();
      this.#lookAroundLater();
    });
  }
}
