// Everything that is sent from here: announced, remembered, and going on after a reload. Knows the page only through what
// it asks for.
import { type Bundle, blobBundle, type Exchange, FerryError, isEnded, type Outgoing } from '@ferry/webrtc-core';
import type { SendRequest, SourceHandle } from '../adapters/engine-contract.ts';
import type { BundleRecords, SendRecord } from './bundle-records.ts';
import type { PeopleDirectory } from './people-directory.ts';
import type { SentBundles } from './sent-bundles.ts';
import { SentFiles } from './sent-files.ts';
import { areReopenable } from './source-files.ts';
import type { SendRow } from './transfer-row.ts';
import type { TransferTable } from './transfer-table.ts';

export interface SendingOptions {
  exchange: Exchange;
  table: TransferTable;
  people: PeopleDirectory;
  records: BundleRecords;
  sends: SentBundles;
  touch: () => void;
}

export class Sending {
  readonly files: SentFiles;
  readonly #options: SendingOptions;

  constructor(options: SendingOptions) {
    this.#options = options;
    this.files = new SentFiles(options);
  }

  /** Everything that was not finished when this browser was last here. */
  async restore(): Promise<void> {
    const { sends, exchange, records } = this.#options;
    await sends.forgetOld(Date.now());
    for (const record of sends.all()) {
      const { transferId, accepted, outcome } = record;
      if (outcome) {
        const { delivered } = outcome;
        if (accepted)
          exchange.rememberSent(
            transferId,
            accepted.peerId,
            delivered ? { status: 'done', ...delivered } : { status: 'cancelled' },
          );
        continue;
      }
      const manifest = await records.manifest(transferId);
      if (manifest) await this.#restore(record, manifest);
      else await sends.delete(transferId);
    }
  }

  /** @throws Error `too-much` when a receiver would not take it, `unknown-person` */
  async send({ toUserId, title, itemCount, files, handles }: SendRequest): Promise<string> {
    // The page may know a person a moment before the engine does.
    await this.#options.people.known;
    const peer = this.#options.people.person(toUserId);
    if (!peer) throw new Error('unknown-person');
    const bundle = blobBundle(files.map(({ path, file }) => ({ path, blob: file })));
    try {
      return await this.#announce(bundle, { title, itemCount }, peer, handles);
    } catch (error) {
      // Only the message of an error crosses to the page.
      throw error instanceof FerryError && error.code === 'manifest-invalid' ? new Error('too-much') : error;
    }
  }

  /** What failed goes on; what was refused is announced anew. */
  async retry(row: SendRow): Promise<'continued' | 'announced'> {
    const { transfer, peer } = row;
    row.problem = undefined;
    if (transfer.state.status === 'failed') {
      transfer.retry();
      if (!transfer.bundle) await this.files.reopen(row);
      this.#askDevices(row);
      return 'continued';
    }
    if (!transfer.bundle) throw new Error('files-needed');
    await this.#announce(
      transfer.bundle,
      transfer.summary,
      peer,
      this.#options.sends.get(row.transferId)?.handles ?? [],
    );
    return 'announced';
  }

  /** Devices that came online are asked, too. */
  peopleChanged(): void {
    for (const row of this.#options.table.all()) {
      // What somebody fetches from the catalog is nobody else's business.
      if (row.direction === 'send' && row.origin !== 'catalog') this.#askDevices(row);
    }
  }

  /** Keeps what is remembered true. */
  changed(outgoing: Outgoing): void {
    const { sends } = this.#options;
    const { status } = outgoing.state;
    const record = sends.get(outgoing.transfer);
    if (!record || record.outcome) return;
    if (status === 'declined') void sends.delete(outgoing.transfer);
    else if (status === 'cancelled')
      void (record.accepted ? sends.ended(outgoing.transfer, null) : sends.delete(outgoing.transfer));
    else if (outgoing.chosenRuns) void sends.accepted(outgoing);
    else if (status === 'announced') void sends.asked(outgoing);
  }

  async #restore(record: SendRecord, manifest: Outgoing['manifest']): Promise<void> {
    const { transferId, summary, announcedTo, accepted, isPaused, peer, createdAt, order, handles } = record;
    const { exchange, table } = this.#options;
    const transfer = exchange.restoreOutgoing({
      transfer: transferId,
      summary,
      manifest,
      announcedTo,
      isPaused,
      ...(accepted && { accepted }),
    });
    const survivesReload = areReopenable(manifest, handles);
    const row = table.add<SendRow>({ transfer, direction: 'send', peer, createdAt, order, survivesReload });
    await this.files.reopen(row);
    this.#askDevices(row);
  }

  async #announce(
    bundle: Bundle,
    { title, itemCount }: Pick<Outgoing['summary'], 'title' | 'itemCount'>,
    peer: SendRow['peer'],
    handles: SourceHandle[],
  ): Promise<string> {
    const { exchange, table, sends, people, touch } = this.#options;
    const transfer = exchange.announce(bundle, { title, itemCount }, people.devicesOf(peer.userId));
    const survivesReload = areReopenable(bundle.manifest, handles);
    const order = table.nextOrder();
    table.add<SendRow>({ transfer, direction: 'send', peer, createdAt: Date.now(), order, survivesReload });
    touch();
    await sends.announced(transfer, { peer, order, handles });
    return transfer.transfer;
  }

  #askDevices({ transfer, peer }: SendRow): void {
    if (isEnded(transfer.state) || transfer.state.status !== 'announced') return;
    for (const deviceId of this.#options.people.devicesOf(peer.userId)) {
      this.#options.exchange.addPeer(transfer, deviceId);
    }
  }
}
