// A folder of the File System API in memory: as much of it as stores use, with the failures that browsers
// report, and on the power of a disk that may lose it. Knows no store.
import type { SyncAccessHandle } from '../stores/sync-access-handle.ts';
import type { CrashingDisk } from './crashing-disk.ts';

export type FolderCall = 'getDirectoryHandle' | 'getFileHandle' | 'createWritable' | 'write' | 'close';

/** What a folder and all that is in it have in common. */
interface Ground {
  disk: CrashingDisk;
  /** Throws what the call shall reject with. */
  fail: (call: FolderCall, path: string) => void;
  openWritables: number;
}

/**
 * @example
 * const folder = new MemoryFolder(disk);
 * folder.ground.fail = (call) => { if (call === 'close') throw new DOMException('', 'QuotaExceededError'); };
 * await FolderStore.open({ folder: folder.handle, ... });
 */
export class MemoryFolder {
  readonly kind = 'directory';
  readonly ground: Ground;
  readonly entriesByName = new Map<string, MemoryFolder | MemoryFile>();
  readonly #path: string;

  constructor(disk: CrashingDisk, path = '', ground?: Ground) {
    this.#path = path;
    this.ground = ground ?? { disk, fail: () => {}, openWritables: 0 };
  }

  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }

  async getDirectoryHandle(name: string, options?: { create: boolean }): Promise<MemoryFolder> {
    const path = `${this.#path}/${name}`;
    this.ground.fail('getDirectoryHandle', path);
    return this.#entry(name, options, () => new MemoryFolder(this.ground.disk, path, this.ground));
  }

  async getFileHandle(name: string, options?: { create: boolean }): Promise<MemoryFile> {
    const path = `${this.#path}/${name}`;
    this.ground.fail('getFileHandle', path);
    return this.#entry(name, options, () => new MemoryFile(this.ground, path));
  }

  async *keys(): AsyncGenerator<string> {
    yield* this.entriesByName.keys();
  }

  async removeEntry(name: string): Promise<void> {
    if (!this.entriesByName.delete(name)) throw new DOMException('', 'NotFoundError');
  }

  #entry<Entry extends MemoryFolder | MemoryFile>(name: string, options: unknown, make: () => Entry): Entry {
    const found = this.entriesByName.get(name);
    if (found) return found as Entry;
    if (!options) throw new DOMException('', 'NotFoundError');
    const made = make();
    this.entriesByName.set(name, made);
    return made;
  }
}

class MemoryFile {
  readonly kind = 'file';
  bytes = new Uint8Array();
  readonly #ground: Ground;
  readonly #path: string;

  constructor(ground: Ground, path: string) {
    this.#ground = ground;
    this.#path = path;
  }

  async getFile(): Promise<File> {
    return new File([this.bytes], this.#path);
  }

  async createSyncAccessHandle(): Promise<SyncAccessHandle> {
    return this.#ground.disk.open(this.#path);
  }

  /** What is written is nowhere until it is closed; a write that fails breaks it, as it does a stream. */
  async createWritable({ keepExistingData }: { keepExistingData: boolean }): Promise<MemoryWritable> {
    const ground = this.#ground;
    const path = this.#path;
    ground.fail('createWritable', path);
    ground.disk.spend();
    ground.openWritables++;
    let draft = keepExistingData ? this.bytes.slice() : new Uint8Array();
    let broken = false;
    let open = true;
    const attempt = (call: FolderCall) => {
      if (broken) throw new TypeError('The stream is not open');
      try {
        ground.fail(call, path);
        ground.disk.spend();
      } catch (error) {
        broken = true;
        throw error;
      }
    };
    return {
      write: async ({ position, data }) => {
        attempt('write');
        if (position + data.length > draft.length) {
          const longer = new Uint8Array(position + data.length);
          longer.set(draft);
          draft = longer;
        }
        draft.set(data, position);
      },
      close: async () => {
        attempt('close');
        this.bytes = draft;
        broken = true;
        open = false;
        ground.openWritables--;
        // The power may go before the file is replaced, or after.
        ground.disk.spend();
      },
      abort: async () => {
        if (open) ground.openWritables--;
        open = false;
      },
    };
  }
}

interface MemoryWritable {
  write(chunk: { position: number; data: Uint8Array }): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}
