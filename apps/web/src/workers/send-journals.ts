// The hashes of what was sent, in the origin private file system: an engine's HashJournals that survive reloads.
// Knows nothing of transfers but their ids.
import { ContentError, type HashJournal, type HashJournals, MemoryHashJournals } from '@ferry/webrtc-core';
import { openChunkJournal } from '@ferry/webrtc-core/stores/opfs';

const FILE = 'hashes';

export class OpfsHashJournals implements HashJournals {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #inMemory = new MemoryHashJournals();

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  /** In memory when there is no room for one: what is sent then is read again, should this browser be started anew. */
  async open(transfer: string, chunkCount: number): Promise<HashJournal> {
    return this.#openFile(transfer, chunkCount).catch(() => this.#inMemory.open(transfer, chunkCount));
  }

  async delete(transfer: string): Promise<void> {
    await this.#inMemory.delete(transfer);
    await this.#folder.removeEntry(transfer, { recursive: true }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw ContentError.storeFailed(error);
    });
  }

  /** Transfers that have a journal. */
  async list(): Promise<string[]> {
    const ids: string[] = [];
    for await (const name of this.#folder.keys()) ids.push(name);
    return ids;
  }

  async #openFile(transfer: string, chunkCount: number): Promise<HashJournal> {
    const folder = await this.#folder.getDirectoryHandle(transfer, { create: true });
    const journal = await openChunkJournal(folder, FILE, chunkCount);
    return {
      hashOf: (chunk) => journal.hashOf(chunk),
      note: (chunk, hash) => journal.note(chunk, hash),
      flush: async () => journal.flush(),
      close: async () => {
        try {
          journal.flush();
        } finally {
          journal.close();
        }
      },
    };
  }
}
