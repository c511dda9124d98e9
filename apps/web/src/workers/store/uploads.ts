// Everything that is uploaded from here: two at a time begin, all of them serve whoever is to keep them, and go on after a
// reload. Knows no page and no cipher.
import type { Column } from '@ferry/shared';
import { type ColumnServing, DutyDesk, type ServedColumn, type ServedColumns } from '@ferry/store-holder';
import type { Clock } from '@ferry/webrtc-core';
import type { Kernel } from '@ferry/webrtc-core/erasure';
import type { StoreCommands, StoreUpload } from '../../adapters/store-contract.ts';
import { Refusal } from '../refusal.ts';
import { type NewUpload, newFileUpload, remembered } from './new-upload.ts';
import { PlainStream } from './plain-stream.ts';
import type { ServerEvents } from './server-events.ts';
import type { StoreDatabase, UploadContent, UploadRecord } from './store-database.ts';
import type { UploadServer } from './store-server.ts';
import { Upload } from './upload.ts';
import { UploadRecords } from './upload-records.ts';
import { UploadRound } from './upload-round.ts';

/** Others begin when one of these is safe, or waits for somebody. */
const TURNS = 2;
/** As long as this the server tops up what is safe already. */
const KEPT_AFTER_SAFE_MS = 72 * 60 * 60_000;

export type UploadCommands = Pick<
  StoreCommands,
  'add' | 'lockedHandles' | 'unlock' | 'supplyFile' | 'pauseUpload' | 'resumeUpload' | 'forgetUpload'
>;

export interface UploadsOptions {
  deviceId: string;
  database: StoreDatabase;
  server: UploadServer;
  events: ServerEvents['events'];
  kernel: () => Promise<Kernel>;
  clock: Clock;
  random: () => number;
  touch: () => void;
}

export class Uploads implements ServedColumns, UploadCommands {
  readonly #options: UploadsOptions;
  readonly #records: UploadRecords;
  readonly #round: UploadRound;
  readonly #desk: DutyDesk;
  /** In the order in which they were begun. */
  readonly #uploads = new Map<string, Upload>();
  #serving: Pick<ColumnServing, 'pause' | 'resume' | 'withdrawVersion'> | undefined;

  constructor(options: UploadsOptions) {
    const { database, clock, random, events } = options;
    this.#options = options;
    this.#records = new UploadRecords(database);
    this.#round = new UploadRound(options);
    this.#desk = new DutyDesk({ look: () => this.#look(), clock, random });
    events.on('changed', () => this.#uploads.size > 0 && this.#desk.nudge());
    events.on('connected', () => this.#desk.connected());
  }

  /** Whoever answers those who ask for columns asks here for those that are uploaded. */
  set serving(serving: Pick<ColumnServing, 'pause' | 'resume' | 'withdrawVersion'>) {
    this.#serving = serving;
  }

  /** Everything that was not forgotten when this browser was last here. */
  async restore(): Promise<void> {
    for (const record of await this.#records.all()) {
      const content = await this.#records.content(record.versionId);
      if (!content) await this.#records.delete(record.versionId);
      else await (await this.#open({ record, content })).reopen();
    }
    this.#desk.start();
  }

  /** Remembers and begins them; nothing is asked of the server before that. */
  async begin(added: readonly NewUpload[]): Promise<void> {
    // Those of one moment keep their order.
    const createdAt = Date.now();
    const uploads = added.map((upload, index) => remembered(upload, createdAt + index));
    await this.#records.add(uploads);
    for (const [index, upload] of uploads.entries()) {
      const opened = await this.#open(upload);
      opened.open(new PlainStream(added[index]!.bundle));
    }
    this.#desk.nudge();
  }

  add: StoreCommands['add'] = async (request) => {
    const added = await Promise.all(request.files.map((file) => newFileUpload(file, request)));
    await this.begin(added);
    return added.map(({ versionId }) => versionId);
  };

  lockedHandles: StoreCommands['lockedHandles'] = async (versionId) =>
    (this.#uploads.get(versionId)?.record.handles ?? []).map(({ handle }) => handle);

  unlock: StoreCommands['unlock'] = async (versionId) => {
    await this.#uploads.get(versionId)?.reopen();
    this.#desk.nudge();
  };

  supplyFile: StoreCommands['supplyFile'] = async (versionId, files, handles) => {
    await this.#uploads.get(versionId)?.supply(files, handles);
    this.#desk.nudge();
  };

  pauseUpload: StoreCommands['pauseUpload'] = async (versionId) =>
    this.#uploads.get(versionId)?.change({ isPaused: true });

  resumeUpload: StoreCommands['resumeUpload'] = async (versionId) => {
    await this.#uploads.get(versionId)?.change({ isPaused: false });
    this.#desk.nudge();
  };

  forgetUpload: StoreCommands['forgetUpload'] = async (versionId) => {
    const upload = this.#uploads.get(versionId);
    if (!upload) return;
    this.#uploads.delete(versionId);
    this.#serving?.withdrawVersion(versionId);
    upload.encoder.close();
    this.#options.touch();
    await this.#records.delete(versionId);
    // Somebody else's turn.
    this.#desk.nudge();
  };

  snapshots(): StoreUpload[] {
    return [...this.#uploads.values()].map((upload) => upload.snapshot());
  }

  find = async (versionId: string, isAsked: (column: Column) => boolean): Promise<ServedColumn[]> => {
    const upload = this.#uploads.get(versionId);
    if (!upload || upload.hasFailed) return [];
    const found = upload.columns.find(isAsked);
    if (found.length > 0) return found;
    // The server may have chosen a code, or more indexes, a moment ago.
    await this.#round.look(upload);
    return upload.columns.find(isAsked);
  };

  async #open(about: { record: UploadRecord; content: UploadContent }): Promise<Upload> {
    const upload = await Upload.open({ ...this.#options, records: this.#records }, about);
    this.#uploads.set(upload.versionId, upload);
    upload.events.on('change', () => this.#changed(upload));
    upload.events.on('given', () => this.#desk.nudge());
    this.#changed(upload);
    return upload;
  }

  #changed(upload: Upload): void {
    const { versionId, pausedFor, hasFailed } = upload;
    if (!this.#uploads.has(versionId)) return;
    if (hasFailed) this.#serving?.withdrawVersion(versionId);
    else if (pausedFor) this.#serving?.pause(versionId, pausedFor);
    else this.#serving?.resume(versionId);
    this.#options.touch();
  }

  /** @throws Refusal when something is to be said again later */
  async #look(): Promise<void> {
    let refusal: Refusal | undefined;
    for (const upload of [...this.#uploads.values()]) {
      // A server that is away for one is away for all.
      if (refusal?.code === 'unreachable') break;
      await this.#run(upload).catch((error: unknown) => {
        if (error instanceof Refusal) refusal = error;
      });
    }
    if (refusal) throw refusal;
  }

  async #run(upload: Upload): Promise<void> {
    const { isBegun, safeAt } = upload.record;
    const isOver = safeAt !== null && Date.now() - safeAt > KEPT_AFTER_SAFE_MS;
    if (isOver) return this.forgetUpload(upload.versionId);
    if (upload.hasFailed || (!isBegun && !this.#mayBegin(upload))) return;
    const outcome = await this.#round.run(upload);
    if (outcome === 'gone') await this.forgetUpload(upload.versionId);
    if (outcome === 'lost') this.#desk.nudge();
  }

  #mayBegin({ pausedFor, record }: Upload): boolean {
    // It was begun once: what was given of it the server must hear, whether or not more can be given.
    if (record.code) return true;
    const turns = [...this.#uploads.values()].filter(({ takesTurn }) => takesTurn);
    return !pausedFor && turns.length < TURNS;
  }
}
