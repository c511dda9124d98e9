// Who a download may come from: devices that the server names become its receiver's sources, each with leave that is
// asked for when it is needed, and are remembered. Knows no clock and no server.
import type { Grant } from '@ferry/shared';
import type { Exchange, Receiver, SourceOptions } from '@ferry/webrtc-core';
import type { PeopleDirectory } from '../people-directory.ts';
import type { CatalogOrigin } from './download-record.ts';

/** Those that are gone make room for others. */
const MOST_SOURCES = 16;

export interface DownloadSourcesOptions {
  /** Its sources are kept up to date. */
  catalog: CatalogOrigin;
  exchange: Exchange;
  people: PeopleDirectory;
  /** What a device is asked with; undefined when there is none for it now. */
  reference: (deviceId: string) => Promise<string | undefined>;
}

export class DownloadSources {
  readonly #options: DownloadSourcesOptions;
  /** Sources that there was no reference for. */
  readonly #unreferenced = new Set<string>();

  constructor(options: DownloadSourcesOptions) {
    this.#options = options;
    this.#learn(options.catalog.sources);
  }

  /** As of an earlier life of this program. */
  get known(): SourceOptions[] {
    return this.#options.catalog.sources.map(({ deviceId, isOwner }) => this.#sourceOptions(deviceId, isOwner));
  }

  isOwner(peerId: string): boolean {
    return this.#options.catalog.sources.some(({ deviceId, isOwner }) => deviceId === peerId && isOwner);
  }

  /** The server named these devices just now. Without a receiver only whose they are is of use. */
  granted(receiver: Receiver | undefined, grants: readonly Grant[]): void {
    this.#learn(grants);
    if (!receiver) return;
    const { exchange } = this.#options;
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
  }

  #learn(devices: readonly { deviceId: string; userId: string }[]): void {
    for (const { deviceId, userId } of devices) this.#options.people.learn(deviceId, userId);
  }

  /**
   * Of one file whose content is known, anybody who has it may tell the manifest while its owner is not there: whether
   * it is that content is seen.
   */
  #needsOtherOrigin(receiver: Receiver, owner: string | undefined): boolean {
    if (this.#options.catalog.contentId === null || receiver.manifest || receiver.chosen) return false;
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
    const { catalog } = this.#options;
    const before = catalog.sources;
    catalog.sources = receiver.sources.map(({ peerId: deviceId }) => {
      const known = before.find((source) => source.deviceId === deviceId);
      const granted = grants.find((grant) => grant.deviceId === deviceId);
      const isOwner = owner === undefined ? (known?.isOwner ?? false) : deviceId === owner;
      return { deviceId, userId: granted?.userId ?? known?.userId ?? '', isOwner };
    });
  }

  #sourceOptions(peerId: string, isOrigin: boolean): SourceOptions {
    const reference = async () => {
      const text = await this.#options.reference(peerId);
      if (text === undefined) this.#unreferenced.add(peerId);
      return text;
    };
    return { peerId, isOrigin, reference };
  }
}
