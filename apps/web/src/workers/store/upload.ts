// One version that is uploaded from here: what is remembered of it, its files, and its columns for whoever is to keep them.
// Knows no server; what the server says is told to it.
import type { UploadState } from '@ferry/shared';
import { CHUNK_BYTES, type Clock, ContentError, Emitter, type PauseReason, Progress } from '@ferry/webrtc-core';
import type { Kernel } from '@ferry/webrtc-core/erasure';
import type { OutgoingFile, SourceHandle } from '../../adapters/picked-files-contract.ts';
import type { StoreUpload, UploadProblem } from '../../adapters/store-contract.ts';
import { GivenColumns } from './given-columns.ts';
import { PlainStream } from './plain-stream.ts';
import type { StoreDatabase, UploadContent, UploadRecord } from './store-database.ts';
import { UploadColumns } from './upload-columns.ts';
import { UploadEncoder } from './upload-encoder.ts';
import { type FilesMissing, handlesOf, nameOf, reopened, supplied, type UploadedFiles } from './upload-files.ts';
import type { UploadRecords } from './upload-records.ts';
import { uploadSnapshot } from './upload-snapshot.ts';
import { UploadTags } from './upload-tags.ts';

export interface UploadOptions {
  database: StoreDatabase;
  records: UploadRecords;
  kernel: () => Promise<Kernel>;
  clock: Clock;
}

export class Upload {
  readonly events = new Emitter<{
    /** {@link snapshot} shows something new. */
    change: undefined;
    /** Somebody has all of a column. */
    given: undefined;
  }>();
  readonly record: UploadRecord;
  readonly content: UploadContent;
  readonly encoder: UploadEncoder;
  readonly columns: UploadColumns;
  readonly given: GivenColumns;
  readonly #options: UploadOptions;
  readonly #tags: UploadTags;
  /** How much goes out, and how fast; there is no end to it. */
  readonly #served = new Progress(Number.MAX_SAFE_INTEGER);
  #state: UploadState | undefined;
  #filesMissing: FilesMissing | undefined;

  private constructor(
    options: UploadOptions,
    about: { record: UploadRecord; content: UploadContent },
    parts: { tags: UploadTags; given: GivenColumns },
  ) {
    const { record, content } = about;
    const { versionId, key, sizeBytes, code } = record;
    this.#options = options;
    this.record = record;
    this.content = content;
    this.#tags = parts.tags;
    this.given = parts.given;
    const { kernel, clock } = options;
    this.encoder = new UploadEncoder({ versionId, key, sizeBytes, kernel, clock, tags: parts.tags });
    if (code) this.encoder.code = code;
    this.columns = new UploadColumns({ versionId, encoder: this.encoder, given: parts.given });
    this.columns.events.on('served', (bytes) => {
      this.#served.add(bytes, options.clock.now());
      this.events.emit('change', undefined);
    });
    this.columns.events.on('given', () => this.events.emit('given', undefined));
    this.columns.events.on('failed', (error) => void this.#failed(error));
  }

  /** With what was encrypted and given of it before; its files are not at hand. */
  static async open(options: UploadOptions, about: { record: UploadRecord; content: UploadContent }): Promise<Upload> {
    const { versionId, sizeBytes } = about.record;
    const chunkCount = Math.ceil(sizeBytes / CHUNK_BYTES);
    const [tags, given] = await Promise.all([
      UploadTags.open(options.database, versionId, chunkCount),
      GivenColumns.open(options.database, versionId),
    ]);
    return new Upload(options, about, { tags, given });
  }

  get versionId(): string {
    return this.record.versionId;
  }

  get state(): UploadState | undefined {
    return this.#state;
  }

  /** Nothing more comes of it. */
  get hasFailed(): boolean {
    return this.record.failure !== null;
  }

  /** Why nothing of it is given now. */
  get pausedFor(): PauseReason | undefined {
    if (this.record.isPaused) return 'user';
    return this.encoder.isAtHand ? undefined : 'files';
  }

  /** It takes one of the turns: others begin when it is safe. */
  get takesTurn(): boolean {
    const { isBegun, safeAt } = this.record;
    return isBegun && safeAt === null && !this.hasFailed && !this.pausedFor && this.#state?.code !== null;
  }

  open(stream: PlainStream): void {
    this.#filesMissing = undefined;
    this.encoder.open(stream);
    this.events.emit('change', undefined);
  }

  /** Opens its files again as far as the browser allows. */
  async reopen(): Promise<void> {
    if (!this.hasFailed) this.#take(await reopened(this.#files));
  }

  async supply(files: readonly OutgoingFile[], handles: readonly SourceHandle[]): Promise<void> {
    const outcome = await supplied(this.#files, files);
    if (outcome instanceof PlainStream) await this.change({ handles: handlesOf(this.content.manifest, handles) });
    this.#take(outcome);
  }

  /** The server says how far it is. */
  async told(state: UploadState): Promise<void> {
    const { code } = state;
    // Stripes of another k would have other chunks encrypted at places where some were before.
    if (code && this.record.code && code.k !== this.record.code.k) return this.fail({ code: 'code-changed' });
    const isNew = code && (this.record.code === null || this.record.code.n < code.n);
    // Remembered before anything is encrypted with it.
    if (isNew) await this.change({ code });
    if (code) this.encoder.code = code;
    this.#state = state;
    // Where there is nothing to keep, nobody need keep it.
    const isSafe = state.isSafe || this.record.sizeBytes === 0;
    if (isSafe && this.record.safeAt === null) await this.change({ safeAt: Date.now() });
    this.events.emit('change', undefined);
  }

  async change(change: Partial<UploadRecord>): Promise<void> {
    Object.assign(this.record, change);
    await this.#options.records.put(this.record);
    this.events.emit('change', undefined);
  }

  /** The server has lost it: nothing of it is safe, and all is to be said again. */
  async beginAnew(): Promise<void> {
    await this.given.tellAgain();
    this.#state = undefined;
    await this.change({ isBegun: false, safeAt: null });
  }

  async fail(failure: UploadProblem): Promise<void> {
    this.encoder.close();
    await this.change({ failure });
  }

  snapshot(): StoreUpload {
    return uploadSnapshot({
      ...{ record: this.record, state: this.#state, filesMissing: this.#filesMissing },
      servedBytes: this.#served.doneBytes,
      bytesPerSecond: this.#served.bytesPerSecond(this.#options.clock.now()),
    });
  }

  get #files(): UploadedFiles {
    return { record: this.record, manifest: this.content.manifest, tags: this.#tags };
  }

  #take(outcome: PlainStream | FilesMissing): void {
    if (outcome instanceof PlainStream) return this.open(outcome);
    this.#filesMissing = outcome;
    this.events.emit('change', undefined);
  }

  /** What passes is tried again by whoever asks for it. */
  async #failed(error: unknown): Promise<void> {
    if (!(error instanceof ContentError) || error.code !== 'source-changed' || this.hasFailed) return;
    const fileName = nameOf(this.content.manifest, error.entry ?? 0);
    await this.fail({ code: 'source-changed', ...(fileName !== undefined && { fileName }) });
  }
}
