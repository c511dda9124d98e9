// A file behind a sync access handle that reads and writes whole ranges or says why not, in our words.
// Knows nothing of what is in it.
import { ContentError } from '../errors.ts';
import { storeError } from './store-error.ts';
import type { SyncAccessHandle } from './sync-access-handle.ts';

export class StoreFile {
  readonly #handle: SyncAccessHandle;
  #lost: ContentError | undefined;

  constructor(handle: SyncAccessHandle) {
    this.#handle = handle;
  }

  get sizeBytes(): number {
    return this.#try(() => this.#handle.getSize());
  }

  /** Fills `bytes`. @throws ContentError when the file has fewer */
  read(bytes: Uint8Array<ArrayBuffer>, at: number): void {
    const count = this.#try(() => this.#handle.read(bytes, { at }));
    if (count !== bytes.length) throw ContentError.storeFailed();
  }

  write(bytes: Uint8Array, at: number): void {
    this.#assertKept();
    const count = this.#try(() => this.#handle.write(bytes as Uint8Array<ArrayBuffer>, { at }));
    if (count !== bytes.length) throw ContentError.storeFull();
  }

  truncate(sizeBytes: number): void {
    this.#try(() => this.#handle.truncate(sizeBytes));
  }

  /**
   * A flush that failed is final: operating systems report lost bytes once, and the next flush succeeds
   * without them (as fsync does on Linux).
   */
  flush(): void {
    this.#assertKept();
    try {
      this.#handle.flush();
    } catch (error) {
      this.#lost = storeError(error);
      throw this.#lost;
    }
  }

  close(): void {
    this.#try(() => this.#handle.close());
  }

  #assertKept(): void {
    if (this.#lost) throw this.#lost;
  }

  #try<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      throw storeError(error);
    }
  }
}
