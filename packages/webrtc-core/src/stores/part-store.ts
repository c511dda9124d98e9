// Chunks in part files: which parts are open, when they are closed, and what the journal may claim then.
// Of chunks that are held elsewhere it knows only that they are.
import { Bitfield, type ReadonlyBitfield } from '../content/bitfield.ts';
import { indexesOf } from '../content/run.ts';
import { ContentError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { FolderPart } from './folder-part.ts';
import { chunksNotThere, deleteSwapFiles, partFile } from './folder-parts.ts';
import type { ChunkJournal } from './opfs-journal.ts';
import { type PartLayout, partName } from './part-layout.ts';
import { withStoreErrors } from './store-error.ts';
import { Turns } from './turns.ts';

/** What is asked of a source in order lies in one part, or across the border of two. */
const MAX_OPEN_PARTS = 2;

interface PartStoreOptions {
  /** The parts' own, as is the journal. */
  folder: FileSystemDirectoryHandle;
  journal: ChunkJournal;
  layout: PartLayout;
  elsewhere: ReadonlyBitfield | undefined;
  clock: Clock;
}

export class PartStore {
  /** What is held in parts or elsewhere. */
  readonly have: Bitfield;
  readonly #options: PartStoreOptions;
  /** The one written last is last. */
  readonly #open = new Map<number, FolderPart>();
  readonly #turns = new Turns();
  #closed = false;

  private constructor(options: PartStoreOptions) {
    this.#options = options;
    this.have = Bitfield.fromBytes(options.journal.have.toBytes(), options.journal.have.length);
    for (const chunk of indexesOf(options.elsewhere?.runs() ?? [])) this.have.set(chunk);
  }

  /** What the journal claims and the folder lacks is not held, and never claimed again. */
  static async open(options: PartStoreOptions): Promise<PartStore> {
    const { folder, journal, layout } = options;
    await deleteSwapFiles(folder);
    journal.forget(await chunksNotThere(folder, layout, journal.have));
    return new PartStore(options);
  }

  hashOf(chunk: number): Uint8Array | undefined {
    const { part } = this.#options.layout.place(chunk);
    return this.#open.get(part)?.written.get(chunk) ?? this.#options.journal.hashOf(chunk);
  }

  read(chunk: number): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      const { part, position, length } = this.#options.layout.place(chunk);
      if (this.#open.get(part)?.written.has(chunk)) await this.#close(this.#open.get(part)!);
      const file = this.have.has(chunk) ? await partFile(this.#options.folder, part) : null;
      const bytes = await file?.slice(position, position + length).arrayBuffer();
      if (bytes?.byteLength !== length) throw ContentError.storeFailed();
      return new Uint8Array(bytes);
    });
  }

  write(chunk: number, bytes: Uint8Array, hash: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      this.#turns.report();
      if (this.#closed) throw ContentError.storeFailed();
      const place = this.#options.layout.place(chunk);
      const part = await this.#opened(place.part);
      try {
        await part.write(chunk, place.position, bytes, hash);
      } catch (error) {
        await this.#lose(part);
        throw error;
      }
      if (this.have.set(chunk)) part.missing--;
      if (part.missing === 0) await this.#close(part);
    });
  }

  flush(): Promise<void> {
    return this.#inTurn(() => this.#closeAll());
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#closed) return;
      this.#closed = true;
      try {
        await this.#closeAll();
      } finally {
        this.#options.journal.close();
      }
    });
  }

  async #opened(number: number): Promise<FolderPart> {
    const found = this.#open.get(number);
    this.#open.delete(number);
    if (!found && this.#open.size === MAX_OPEN_PARTS) await this.#close([...this.#open.values()][0]!);
    const part = found ?? (await this.#openPart(number));
    this.#open.set(number, part);
    return part;
  }

  async #openPart(number: number): Promise<FolderPart> {
    const { folder, layout, clock } = this.#options;
    let missing = 0;
    for (const chunk of indexesOf([layout.chunksOf(number)])) if (!this.have.has(chunk)) missing++;
    const file = await folder.getFileHandle(partName(number), { create: true });
    const closeIfOpen = async (part: FolderPart) => {
      if (this.#open.get(number) === part) await this.#close(part);
    };
    const onIdle = (part: FolderPart) => this.#turns.takeUnwatched(() => closeIfOpen(part));
    return FolderPart.open(file, { number, missing, clock, onIdle });
  }

  async #close(part: FolderPart): Promise<void> {
    const { journal } = this.#options;
    try {
      // A chunk that was written again has other bytes from now on.
      journal.forget(part.written.keys());
      await part.close();
    } catch (error) {
      await this.#lose(part);
      throw error;
    }
    this.#open.delete(part.number);
    for (const [chunk, hash] of part.written) journal.note(chunk, hash);
    journal.flush();
  }

  async #closeAll(): Promise<void> {
    const outcomes = await Promise.allSettled([...this.#open.values()].map((part) => this.#close(part)));
    this.#turns.report();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /** What was written to it since it was opened is gone. */
  async #lose(part: FolderPart): Promise<void> {
    this.#open.delete(part.number);
    await part.discard();
    for (const chunk of part.written.keys()) if (!this.#options.journal.have.has(chunk)) this.have.clear(chunk);
  }

  #inTurn<Result>(action: () => Promise<Result>): Promise<Result> {
    return withStoreErrors(() => this.#turns.take(action));
  }
}
