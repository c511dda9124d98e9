// A file on this computer's disk as the engine's stores use files: whole ranges, on the disk when a flush returns. Knows
// nothing of what is in it.
import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { ContentError } from '@ferry/webrtc-core';
import type { SyncAccessHandle } from '@ferry/webrtc-core/stores/opfs';

/** The disk, or this user's part of it, is full. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export class DiskFile implements SyncAccessHandle {
  readonly #descriptor: number;
  #isClosed = false;

  /** Made when there is none; nobody else on this computer may read it. */
  constructor(path: string) {
    this.#descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  }

  read(buffer: Uint8Array, { at }: { at: number }): number {
    let count = 0;
    while (count < buffer.length) {
      const more = readSync(this.#descriptor, buffer, count, buffer.length - count, at + count);
      if (more === 0) break;
      count += more;
    }
    return count;
  }

  /** @throws ContentError `store-full` */
  write(buffer: Uint8Array, { at }: { at: number }): number {
    return withRoom(() => {
      let count = 0;
      while (count < buffer.length) {
        count += writeSync(this.#descriptor, buffer, count, buffer.length - count, at + count);
      }
      return count;
    });
  }

  truncate(sizeBytes: number): void {
    withRoom(() => ftruncateSync(this.#descriptor, sizeBytes));
  }

  getSize(): number {
    return fstatSync(this.#descriptor).size;
  }

  /** Its length, too: fdatasync leaves out only what is not needed to read it again (POSIX.1-2017). */
  flush(): void {
    withRoom(() => fdatasyncSync(this.#descriptor));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#descriptor);
  }
}

function withRoom<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && 'code' in error && FULL.has(String(error.code))) throw ContentError.storeFull(error);
    throw error;
  }
}
