// What others left in the Store for this user: shown as requests, fetched when they are accepted, and told to the server once
// they are here or declined. Level-triggered: whatever the server lists is what waits. Knows no columns.
import type { Delivery } from '@ferry/shared';
import { type Clock, type Exchange, isEnded, type Receiver } from '@ferry/webrtc-core';
import { importStripeKey } from '@ferry/webrtc-core/erasure';
import { contentIdText } from '../catalog/content-id-text.ts';
import { laterMs } from '../catalog/refusal-wait.ts';
import type { ReceivedBundles } from '../received-bundles.ts';
import type { TransferTable } from '../transfer-table.ts';
import { unwrapKey } from './delivery-key.ts';
import { type DeliveredFiles, openManifest } from './delivery-manifest.ts';
import type { DeliveryServer } from './delivery-server.ts';
import type { StoreDownloads } from './downloads.ts';

export interface DeliveriesOptions {
  deviceId: string;
  /** The private one of this device. */
  agreementKey: CryptoKey;
  server: Pick<DeliveryServer, 'deliveries' | 'sealed' | 'delivered'>;
  downloads: Pick<StoreDownloads, 'announce' | 'setLack' | 'forget'>;
  exchange: Exchange;
  table: TransferTable;
  received: ReceivedBundles;
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
  touch: () => void;
}

export class Deliveries {
  readonly #options: DeliveriesOptions;
  /** Those that are shown and were not answered. */
  readonly #shown = new Set<string>();
  /** Those that the user does not want, until the server knows. */
  readonly #declined = new Set<string>();
  #looking: Promise<void> | undefined;
  #isOutdated = false;
  #again: (() => void) | undefined;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  /** Something in the Store is different, or the server can be reached again. */
  look(): void {
    this.#isOutdated = true;
    this.#looking ??= this.#lookUntilCurrent().finally(() => {
      this.#looking = undefined;
    });
  }

  /** A receiver shows something new. */
  changed({ transfer, state }: Receiver): void {
    if (this.#options.table.receiving(transfer)?.stored?.kind !== 'delivery') return;
    if (state.status !== 'announced' && !isEnded(state)) this.#shown.delete(transfer);
    const isRefused = state.status === 'declined' || (state.status === 'cancelled' && state.by === 'me');
    if (!isRefused || this.#declined.has(transfer)) return;
    this.#shown.delete(transfer);
    this.#declined.add(transfer);
    this.look();
  }

  /** All of it is here, and remembered. */
  kept(transferId: string): void {
    if (this.#options.received.get(transferId)?.store?.kind === 'delivery') this.look();
  }

  async #lookUntilCurrent(): Promise<void> {
    this.#again?.();
    while (this.#isOutdated) {
      this.#isOutdated = false;
      try {
        await this.#take(await this.#options.server.deliveries({ deviceId: this.#options.deviceId }));
      } catch {
        const { clock, random } = this.#options;
        this.#again = clock.after(laterMs(random()), () => this.look());
      }
    }
  }

  async #take(waiting: readonly Delivery[]): Promise<void> {
    const listed = new Set(waiting.map(({ versionId }) => versionId));
    for (const versionId of this.#shown) if (!listed.has(versionId)) this.#remove(versionId);
    for (const versionId of this.#declined) if (!listed.has(versionId)) this.#declined.delete(versionId);
    for (const delivery of waiting) await this.#takeOne(delivery);
    this.#options.touch();
  }

  async #takeOne(delivery: Delivery): Promise<void> {
    const { table, received, downloads } = this.#options;
    const { versionId, health } = delivery;
    if (this.#declined.has(versionId)) return this.#tell(versionId, 'declined');
    const record = received.get(versionId);
    if (record && record.root !== null) return this.#tell(versionId, 'received');
    if (!record && !table.get(versionId)) await this.#announce(delivery);
    const { online, needed } = health;
    if (this.#shown.has(versionId)) downloads.setLack(versionId, online < needed ? { online, needed } : undefined);
  }

  async #announce(delivery: Delivery): Promise<void> {
    const { downloads } = this.#options;
    const { versionId, from: peer, createdAt, sizeBytes } = delivery;
    const opened = await this.#open(delivery);
    // What it is called nobody here can tell, but its size.
    const sealed = { title: '', itemCount: 1, manifest: { entries: [unnamed(sizeBytes)] } };
    const { title, itemCount, manifest } = opened?.files ?? sealed;
    const origin = { versionId, kind: 'delivery', key: opened?.key ?? null } as const;
    const row = await downloads.announce({
      transferId: versionId,
      origin,
      peer,
      title,
      itemCount,
      manifest,
      createdAt,
    });
    if (!opened) row.problem = { code: 'key-missing' };
    this.#shown.add(versionId);
  }

  /** Undefined for what was not wrapped for this device. */
  async #open(delivery: Delivery): Promise<{ key: string; files: DeliveredFiles } | undefined> {
    const { deviceId, agreementKey, server } = this.#options;
    const { versionId, wrappedKey, sealedPageCount, sizeBytes } = delivery;
    const raw = wrappedKey === null ? undefined : await unwrapKey(wrappedKey, agreementKey, { versionId, deviceId });
    if (!raw) return undefined;
    const pages: string[] = [];
    for (let page = 0; page < sealedPageCount; page++) pages.push(await server.sealed({ versionId, page }));
    const key = await importStripeKey(raw);
    const files = await openManifest(pages, sizeBytes, { key, versionId });
    return files && { key: contentIdText(raw), files };
  }

  async #tell(versionId: string, outcome: 'received' | 'declined'): Promise<void> {
    const { server, deviceId } = this.#options;
    await server.delivered({ deviceId, versionId, outcome });
    this.#declined.delete(versionId);
  }

  /** It was taken on another device, or does not wait any longer. */
  #remove(versionId: string): void {
    const { table, exchange, downloads, touch } = this.#options;
    this.#shown.delete(versionId);
    const row = table.receiving(versionId);
    if (row?.transfer.state.status !== 'announced') return;
    table.delete(versionId);
    downloads.forget(versionId);
    row.transfer.cancel();
    exchange.forget(versionId);
    touch();
  }
}

function unnamed(sizeBytes: number) {
  return { path: ['…'], sizeBytes, modifiedMs: 0, mediaType: '' };
}
