// Folders of the user's that transfers are received into, instead of this browser's own storage: used, asked for again
// after a reload, changed. Knows no links.
import type { LockedHandle } from '../adapters/engine-contract.ts';
import type { BundleStores } from './bundle-stores.ts';
import type { ReceivedBundles } from './received-bundles.ts';
import type { ReceiveRow } from './transfer-row.ts';

export interface ReceivingFoldersOptions {
  received: ReceivedBundles;
  stores: BundleStores;
  touch: () => void;
}

export class ReceivingFolders {
  readonly #options: ReceivingFoldersOptions;
  /** Of transfers that are being accepted. */
  readonly #chosen = new Map<string, FileSystemDirectoryHandle>();

  constructor(options: ReceivingFoldersOptions) {
    this.#options = options;
  }

  /** A transfer that is being accepted is to be kept there. */
  choose(transferId: string, folder: FileSystemDirectoryHandle): void {
    this.#chosen.set(transferId, folder);
    this.#options.stores.keepIn(transferId, folder);
  }

  chosenFor(transferId: string): FileSystemDirectoryHandle | null {
    return this.#chosen.get(transferId) ?? null;
  }

  /** Whether the browser must be asked for it again: a transfer is left alone meanwhile. */
  async reopen(transferId: string, folder: FileSystemDirectoryHandle | null): Promise<'open' | 'locked'> {
    if (!folder) return 'open';
    if (!(await isWritable(folder))) return 'locked';
    this.#options.stores.keepIn(transferId, folder);
    return 'open';
  }

  lockedHandles(transferId: string): LockedHandle[] {
    const folder = this.#options.received.get(transferId)?.folder;
    return folder ? [{ handle: folder, mode: 'readwrite' }] : [];
  }

  /** The browser was asked for the folder again. */
  async unlock(row: ReceiveRow): Promise<void> {
    const folder = this.#options.received.get(row.transferId)?.folder;
    if (!folder || (await this.reopen(row.transferId, folder)) === 'locked') return;
    await this.#goOn(row);
  }

  /** What is missing is kept in this folder from now on. */
  async use(row: ReceiveRow, folder: FileSystemDirectoryHandle): Promise<void> {
    const { stores, received } = this.#options;
    stores.keepIn(row.transferId, folder);
    await received.change(row.transferId, { folder });
    await this.#goOn(row);
  }

  async #goOn(row: ReceiveRow): Promise<void> {
    row.problem = undefined;
    row.stored?.goOn();
    await row.transfer.reopen();
    row.transfer.pause('user');
    if (!this.#options.received.get(row.transferId)?.isPaused) row.transfer.resume();
    this.#options.touch();
  }
}

async function isWritable(folder: FileSystemDirectoryHandle): Promise<boolean> {
  return (await folder.queryPermission({ mode: 'readwrite' })) === 'granted';
}
