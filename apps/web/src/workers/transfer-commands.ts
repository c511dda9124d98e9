// What the page may do with the transfers there are and with what was received, from any tab: finds the row that is
// meant, and passes it on to whoever knows how. Makes no connections and takes no snapshots.
import { isEnded } from '@ferry/webrtc-core';
import type { CatalogCommands } from '../adapters/catalog-contract.ts';
import type {
  EntrySnapshot,
  Limits,
  LockedHandle,
  OutgoingFile,
  SendRequest,
  SourceHandle,
  StorageUse,
} from '../adapters/engine-contract.ts';
import type { EngineFunctions } from '../adapters/engine-rpc.ts';
import type { StoreFunctions } from '../adapters/store-contract.ts';
import type { EngineParts } from './engine-parts.ts';
import { isServed } from './transfer-row.ts';

export class TransferCommands implements Omit<EngineFunctions, keyof (CatalogCommands & StoreFunctions) | 'snapshot'> {
  readonly #parts: EngineParts;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  async send(request: SendRequest): Promise<string> {
    return this.#parts.sending.send(request);
  }

  async entries(transferId: string): Promise<EntrySnapshot[]> {
    return this.#parts.receiving.entries(transferId);
  }

  async content(transferId: string): Promise<Blob> {
    return this.#parts.receiving.content(transferId);
  }

  async accept(transferId: string, entryIndexes?: number[], folder?: FileSystemDirectoryHandle): Promise<void> {
    const row = this.#parts.table.receiving(transferId);
    if (row) await this.#parts.receiving.accept(row, entryIndexes, folder);
  }

  async decline(transferId: string): Promise<void> {
    this.#parts.table.receiving(transferId)?.transfer.decline();
  }

  async pause(transferId: string): Promise<void> {
    const row = this.#parts.table.get(transferId);
    if (row && isServed(row)) return this.#parts.catalog.setServedPaused(transferId, true);
    row?.transfer.pause();
    await this.#remember(transferId, { isPaused: true });
  }

  async resume(transferId: string): Promise<void> {
    const row = this.#parts.table.get(transferId);
    if (row && isServed(row)) return this.#parts.catalog.setServedPaused(transferId, false);
    if (row?.problem?.code === 'store-full') row.problem = undefined;
    row?.transfer.resume();
    await this.#remember(transferId, { isPaused: false });
  }

  async cancel(transferId: string): Promise<void> {
    this.#parts.table.get(transferId)?.transfer.cancel();
  }

  async retry(transferId: string): Promise<void> {
    const { table, receiving, sending } = this.#parts;
    const row = table.sending(transferId);
    if (!row) return receiving.retry(transferId);
    if (isServed(row)) return;
    if (isEnded(row.transfer.state) && (await sending.retry(row)) === 'announced') await this.dismiss(transferId);
  }

  async supplyFiles(transferId: string, files: OutgoingFile[], handles: SourceHandle[]): Promise<void> {
    const row = this.#parts.table.sending(transferId);
    if (row) await this.#parts.sending.files.supply(row, files, handles);
  }

  async lockedHandles(transferId: string): Promise<LockedHandle[]> {
    const { table, receiving, sending } = this.#parts;
    const row = table.sending(transferId);
    return row ? sending.files.lockedHandles(row) : receiving.folders.lockedHandles(transferId);
  }

  async unlock(transferId: string): Promise<void> {
    const { table, receiving, sending } = this.#parts;
    const row = table.get(transferId);
    if (row?.direction === 'send') await sending.files.reopen(row);
    else if (row) await receiving.folders.unlock(row);
  }

  async useFolder(transferId: string, folder: FileSystemDirectoryHandle): Promise<void> {
    const row = this.#parts.table.receiving(transferId);
    if (row) await this.#parts.receiving.folders.use(row, folder);
  }

  async move(transferId: string, to: 'up' | 'down' | 'first'): Promise<void> {
    for (const [moved, order] of this.#parts.turns.move(transferId, to)) await this.#remember(moved, { order });
    this.#parts.touch();
  }

  async setLimits(limits: Limits): Promise<void> {
    this.#parts.turns.setLimits(limits);
    this.#parts.touch();
    await this.#parts.records.putLimits(limits);
  }

  async dismiss(transferId: string): Promise<void> {
    const { table, exchange, catalog, store, sends, touch } = this.#parts;
    const row = table.get(transferId);
    if (!row || !isEnded(row.transfer.state)) return;
    table.delete(transferId);
    exchange.forget(transferId);
    await catalog.dismissed(transferId);
    store.dismissed(transferId);
    // Whoever takes a failed send out of the list gives it up.
    if (row.transfer.state.status === 'failed') await sends.delete(transferId);
    touch();
  }

  async clearReceived(transferIds: string[]): Promise<void> {
    await this.#parts.receiving.clear(transferIds);
    this.#parts.catalog.cleared();
  }

  async storageUse(): Promise<StorageUse> {
    const { usage = 0 } = await navigator.storage.estimate();
    return { usedBytes: usage, freeBytes: await this.#parts.freeBytes() };
  }

  async #remember(transferId: string, change: { isPaused?: boolean; order?: number }): Promise<void> {
    const { received, sends, catalog } = this.#parts;
    await received.change(transferId, change);
    await sends.change(transferId, change);
    await catalog.remember(transferId, change);
  }
}
