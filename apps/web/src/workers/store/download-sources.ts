// Devices that a download's columns come from, as sources of its receiver: kept in step with what the server says, and asked
// again after a while when they refused. Knows no server.
import type { OpenedVersion } from '@ferry/shared';
import type { Exchange, Receiver, SourceOptions } from '@ferry/webrtc-core';
import { laterMs, waitAfter } from '../catalog/refusal-wait.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import type { DownloadLeave } from './download-leave.ts';

/** What was granted just now and has expired will hardly be better when it is asked for again. */
const FRESH_MS = 10_000;

export interface DownloadSourcesOptions {
  exchange: Pick<Exchange, 'addSource' | 'removeSource' | 'askAgain'>;
  people: Pick<PeopleDirectory, 'learn'>;
  leave: Pick<DownloadLeave, 'isNewerThan' | 'refresh' | 'reference'>;
  /** In [0, 1). */
  random: () => number;
  after: (delayMs: number, action: () => void) => void;
}

export class DownloadSources {
  readonly #options: DownloadSourcesOptions;
  /** Sources that there was no leave for. */
  readonly #unreferenced = new Set<string>();
  /** Sources that refused, and are asked again at some time, each with the receiver that it refused. */
  readonly #refused = new Map<string, Receiver>();

  constructor(options: DownloadSourcesOptions) {
    this.#options = options;
  }

  of(grants: OpenedVersion['grants']): SourceOptions[] {
    for (const { deviceId, userId } of grants) this.#options.people.learn(deviceId, userId);
    return grants.map(({ deviceId }) => this.#source(deviceId));
  }

  /** The server named these just now. */
  granted(receiver: Receiver, grants: OpenedVersion['grants']): void {
    const { exchange } = this.#options;
    const named = this.of(grants);
    for (const source of named) {
      const known = receiver.sources.find(({ peerId }) => peerId === source.peerId);
      if (!known) exchange.addSource(receiver, source);
      else if (this.#unreferenced.delete(source.peerId)) exchange.askAgain(receiver, source.peerId);
    }
    const peerIds = new Set(named.map(({ peerId }) => peerId));
    for (const { peerId, status } of receiver.sources) {
      // Whoever gives something is not stopped in the middle of it.
      if (!peerIds.has(peerId) && status !== 'serving') exchange.removeSource(receiver, peerId);
    }
  }

  /** Something that the receiver shows is different. */
  changed(receiver: Receiver): void {
    const { leave, random, after } = this.#options;
    for (const { peerId, status, refusal } of receiver.sources) {
      if (status !== 'refused' || !refusal || this.#refused.has(peerId)) continue;
      this.#refused.set(peerId, receiver);
      const isFresh = leave.isNewerThan(FRESH_MS);
      // Whoever has not got a column yet may have it soon: it was named.
      const waitMs = waitAfter(refusal, { isFresh, random: random() }) ?? laterMs(random());
      after(waitMs, () => void this.#askAgain(receiver, peerId));
    }
  }

  clear(): void {
    this.#refused.clear();
    this.#unreferenced.clear();
  }

  async #askAgain(receiver: Receiver, peerId: string): Promise<void> {
    const { exchange, leave } = this.#options;
    // Another one fetches it by now, and has a timer of its own.
    const isOver = () => this.#refused.get(peerId) !== receiver;
    if (isOver()) return;
    if (!leave.isNewerThan(FRESH_MS)) await leave.refresh();
    if (isOver()) return;
    this.#refused.delete(peerId);
    exchange.askAgain(receiver, peerId);
  }

  #source(peerId: string): SourceOptions {
    const reference = async () => {
      const text = await this.#options.leave.reference(peerId);
      if (text === undefined) this.#unreferenced.add(peerId);
      return text;
    };
    return { peerId, reference, isOrigin: false };
  }
}
