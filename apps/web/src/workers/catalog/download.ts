// One download from the catalog and whoever it may come from: keeps its receiver supplied with sources, asks those again
// that refused, and says when nobody has it any more. Knows no records and no rows.
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
import { Agenda } from './agenda.ts';
import { CatalogRefusal } from './catalog-server.ts';
import { DownloadGrants } from './download-grants.ts';
import type { CatalogOrigin } from './download-record.ts';
import { laterMs, waitAfter } from './refusal-wait.ts';

/** Others may have come to have it: looked for now and then, while it is worth it. */
const MORE_SOURCES_MS = 30_000;
const WORTH_MORE_SOURCES_BYTES = 64 * 1024 * 1024;
/** Nobody is there: whoever comes online is asked at once, this is for those that are not known of. */
const WAITING_MS = 5 * 60_000;
/** A hundred browsers that wait for the same colleague do not ask the server in the same moment. */
const ONLINE_JITTER_MS = 3000;
/** What was granted just now and has expired will hardly be better when it is asked for again. */
const FRESH_MS = 10_000;
/** Those that are gone make room for others. */
const MOST_SOURCES = 16;

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
  readonly #agenda: Agenda;
  /** Sources that refused, and are asked again at some time or never. */
  readonly #refused = new Set<string>();
  /** Sources that there was no reference for. */
  readonly #unreferenced = new Set<string>();
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
    for (const { deviceId, userId } of options.catalog.sources) options.people.learn(deviceId, userId);
  }

  /** As of an earlier life of this program. */
  get knownSources(): SourceOptions[] {
    return this.catalog.sources.map(({ deviceId, isOwner }) => this.#sourceOptions(deviceId, isOwner));
  }

  /** Whether the manifest may be somebody else's word than its owner's. */
  get hasOtherOrigins(): boolean {
    return this.#receiver?.sources.some(({ peerId, isOrigin }) => isOrigin && !this.#isOwner(peerId)) ?? false;
  }

  start(receiver: Receiver): void {
    this.#receiver = receiver;
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
    if (!this.#isRunning || !this.#rests()) return;
    const isKnown = this.#receiver!.sources.some(({ peerId }) => deviceIds.has(peerId));
    const isOwner = people.devicesOf(ownerId).some((deviceId) => deviceIds.has(deviceId));
    if (isKnown || isOwner) this.#agenda.after(random() * ONLINE_JITTER_MS, () => void this.#grants.refresh());
  }

  #run(): void {
    this.#isRunning = true;
    this.#isGone = false;
    for (const { peerId, status } of this.#receiver!.sources) if (status === 'refused') this.#askAgain(peerId);
    void this.#grants.refresh();
    this.#lookAroundLater();
  }

  #granted(grants: readonly Grant[]): void {
    const { exchange, people, changed } = this.#options;
    const receiver = this.#receiver;
    for (const { deviceId, userId } of grants) people.learn(deviceId, userId);
    if (!receiver || !this.#isRunning) return;
    const owner = grants.find(({ role }) => role === 'owner')?.deviceId;
    for (const { deviceId } of grants) {
      const known = receiver.sources.find(({ peerId }) => peerId === deviceId);
      const isOrigin = deviceId === owner || this.#needsOtherOrigin(receiver, owner);
      const mustTell = known !== undefined && isOrigin && !known.isOrigin;
      if (mustTell) exchange.removeSource(receiver, deviceId);
      if (!known || mustTell) exchange.addSource(receiver, this.#sourceOptions(deviceId, isOrigin));
      else if (this.#unreferenced.delete(deviceId)) exchange.askAgain(receiver, deviceId);
    }
    this.#makeRoom(receiver, grants);
    this.#remember(receiver, grants, owner);
    changed();
  }

  /**
   * Of one file whose content is known, anybody who has it may tell the manifest while its owner is not there: whether
   * it is that content is seen.
   */
  #needsOtherOrigin(receiver: Receiver, owner: string | undefined): boolean {
    if (this.catalog.contentId === null || receiver.manifest || receiver.chosen) return false;
    return owner === undefined || !this.#options.people.isOnline(owner);
  }

  #makeRoom(receiver: Receiver, grants: readonly Grant[]): void {
    const granted = new Set(grants.map(({ deviceId }) => deviceId));
    let excess = receiver.sources.length - MOST_SOURCES;
    for (const { peerId, status } of receiver.sources) {
      if (excess <= 0) return;
      if (granted.has(peerId) || (status !== 'unreachable' && status !== 'refused')) continue;
      this.#options.exchange.removeSource(receiver, peerId);
      excess--;
    }
  }

  #remember(receiver: Receiver, grants: readonly Grant[], owner: string | undefined): void {
    const before = this.catalog.sources;
    this.catalog.sources = receiver.sources.map(({ peerId: deviceId }) => {
      const known = before.find((source) => source.deviceId === deviceId);
      const granted = grants.find((grant) => grant.deviceId === deviceId);
      const isOwner = owner === undefined ? (known?.isOwner ?? false) : deviceId === owner;
      return { deviceId, userId: granted?.userId ?? known?.userId ?? '', isOwner };
    });
  }

  #failed(error: unknown): void {
    if (!this.#isRunning) return;
    if (!(error instanceof CatalogRefusal) || error.code !== 'not-found') {
      const retryAfterMs = error instanceof CatalogRefusal ? (error.retryAfterMs ?? 0) : 0;
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
    else if (this.#isOwner(peerId)) this.#isGone = true;
  }

  async #askWithFresh(peerId: string): Promise<void> {
    if (!this.#grants.isNewerThan(FRESH_MS)) await this.#grants.refresh();
    if (this.#isRunning) this.#askAgain(peerId);
  }

  #askAgain(peerId: string): void {
    this.#refused.delete(peerId);
    this.#options.exchange.askAgain(this.#receiver!, peerId);
  }

  /** Without its owner it goes on as long as somebody else may have what is missing. */
  #checkHope(): void {
    const receiver = this.#receiver;
    if (!this.#isGone || !this.#isRunning || !receiver) return;
    const mayHelp = receiver.sources.some(({ peerId, status, isOrigin }) => {
      if (this.#isOwner(peerId) || status === 'refused' || status === 'dropped') return false;
      if (status === 'unreachable' && !this.#options.people.isOnline(peerId)) return false;
      return receiver.chosen !== undefined || isOrigin;
    });
    if (mayHelp) return;
    this.stop();
    this.#options.gone();
  }

  #isOwner(peerId: string): boolean {
    return this.catalog.sources.some(({ deviceId, isOwner }) => deviceId === peerId && isOwner);
  }

  #sourceOptions(peerId: string, isOrigin: boolean): SourceOptions {
    const reference = async () => {
      const text = await this.#grants.reference(peerId);
      if (text === undefined) this.#unreferenced.add(peerId);
      return text;
    };
    return { peerId, isOrigin, reference };
  }

  #lookAroundLater(): void {
    const waitMs = (this.#rests() ? WAITING_MS : MORE_SOURCES_MS) * (0.75 + this.#options.random() / 2);
    this.#agenda.after(waitMs, () => {
      if (this.#rests() || this.#missingBytes() > WORTH_MORE_SOURCES_BYTES) void this.#grants.refresh();
      this.#lookAroundLater();
    });
  }

  /** Nothing moves, for want of somebody who has it. */
  #rests(): boolean {
    const { status } = this.#receiver!.state;
    return status === 'announced' || status === 'stalled';
  }

  #missingBytes(): number {
    const { progress } = this.#receiver!;
    return progress ? progress.totalBytes - progress.doneBytes : 0;
  }
}
