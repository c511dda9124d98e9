// One part file that is being written. Nothing of it is durable, nor can it be read, until it is closed.
// Knows no journal and no other part.
import type { Clock } from '../util/clock.ts';

interface FolderPartOptions {
  number: number;
  /** How many of its chunks are held nowhere yet. */
  missing: number;
  clock: Clock;
  /** Nothing was written for a while. */
  onIdle(part: FolderPart): void;
}

/** Long enough for a source that stutters: opening a part again copies it. */
const IDLE_MS = 2000;

export class FolderPart {
  readonly number: number;
  missing: number;
  /** Hashes of what was written since it was opened. */
  readonly written = new Map<number, Uint8Array>();
  readonly #writable: FileSystemWritableFileStream;
  readonly #clock: Clock;
  readonly #onIdle: (part: FolderPart) => void;
  #cancelIdle: (() => void) | undefined;

  private constructor(writable: FileSystemWritableFileStream, options: FolderPartOptions) {
    this.#writable = writable;
    this.number = options.number;
    this.missing = options.missing;
    this.#clock = options.clock;
    this.#onIdle = options.onIdle;
  }

  /** The browser copies what the part holds already: closing it replaces the file. */
  static async open(file: FileSystemFileHandle, options: FolderPartOptions): Promise<FolderPart> {
    return new FolderPart(await file.createWritable({ keepExistingData: true }), options);
  }

  /** A write that fails takes all that was {@link written} with it. */
  async write(chunk: number, position: number, bytes: Uint8Array, hash: Uint8Array): Promise<void> {
    this.#cancelIdle?.();
    await this.#writable.write({ type: 'write', position, data: bytes as Uint8Array<ArrayBuffer> });
    this.written.set(chunk, hash.slice());
    this.#cancelIdle = this.#clock.after(IDLE_MS, () => this.#onIdle(this));
  }

  /** All that was {@link written} is durable now, or, when this rejects, nothing of it. */
  async close(): Promise<void> {
    this.#cancelIdle?.();
    await this.#writable.close();
  }

  async discard(): Promise<void> {
    this.#cancelIdle?.();
    // It may be broken already, and then there is nothing left to give up.
    await this.#writable.abort().catch(() => {});
  }
}
