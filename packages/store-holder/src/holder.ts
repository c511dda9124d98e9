// A device that keeps columns for others, put together: what it keeps, whom it gives it to, and what the server wants of it.
// Runs in a browser's worker and in Node; knows no user, no name and no disk.
import type { Column } from '@ferry/shared';
import { type Asked, type Clock, Emitter, type Exchange, systemClock, type TransferId } from '@ferry/webrtc-core';
import { AuditDuties } from './audit-duties.ts';
import { CapabilityChecker } from './capability.ts';
import type { ColumnRecords, ColumnStores } from './column-records.ts';
import { ColumnServing } from './column-serving.ts';
import { ColumnShelf } from './column-shelf.ts';
import type { DeviceSigner } from './device-signer.ts';
import { DutyDesk } from './duty-desk.ts';
import { DutyRound } from './duty-round.ts';
import type { HolderServer } from './holder-server.ts';
import { type HolderSnapshot, snapshotOf } from './holder-snapshot.ts';
import { KeepDuties } from './keep-duties.ts';
import { Receipts } from './receipts.ts';
import { RepairDuties } from './repair-duties.ts';
import type { ServedColumns } from './served-column.ts';
import { SpaceOffering } from './space-offering.ts';

export interface HolderOptions {
  exchange: Exchange;
  server: HolderServer;
  records: ColumnRecords;
  stores: ColumnStores;
  signer: DeviceSigner;
  /** What the disk still takes, in bytes. */
  freeBytes: () => Promise<number>;
  /** The room given to others; none at all until somebody has said so. */
  offeredBytes: number;
  isAlwaysOn: boolean;
  /** Columns that are served beside those that are kept: of what this device uploads. */
  alsoServed?: readonly ServedColumns[];
  clock?: Clock;
  random?: () => number;
}

export interface HolderEvents {
  /** {@link Holder.snapshot} shows something new. */
  change: undefined;
}

export class Holder {
  readonly events = new Emitter<HolderEvents>();
  /** For whoever serves columns that are not kept here. */
  readonly serving: ColumnServing;
  readonly #options: HolderOptions;
  readonly #deviceId: string;
  readonly #own = new Set<TransferId>();
  readonly #shelf: ColumnShelf;
  readonly #keeping: KeepDuties;
  readonly #repairs: RepairDuties;
  readonly #audits: AuditDuties;
  readonly #round: DutyRound;
  readonly #space: SpaceOffering;
  readonly #desk: DutyDesk;
  #unwatch: (() => void) | undefined;

  private constructor(options: HolderOptions, shelf: ColumnShelf) {
    const { exchange, server, signer, alsoServed = [], clock = systemClock, random = Math.random } = options;
    this.#options = options;
    this.#deviceId = signer.keys.deviceId;
    this.#shelf = shelf;
    const checker = new CapabilityChecker({ deviceId: this.#deviceId, fetchKey: () => server.key() });
    this.serving = new ColumnServing({ exchange, checker, from: [shelf, ...alsoServed], clock, own: this.#own });
    this.#space = new SpaceOffering({ ...options, deviceId: this.#deviceId, shelf });
    const receipts = new Receipts({ shelf, signer, server, clock });
    const parts = { exchange, shelf, server, clock, own: this.#own, deviceId: this.#deviceId };
    const room = () => this.#space.room();
    this.#keeping = new KeepDuties({ ...parts, room });
    this.#repairs = new RepairDuties({ ...parts, room });
    this.#audits = new AuditDuties({ ...parts, onVerdict: () => this.#desk.nudge() });
    const [serving, keeping, space] = [this.serving, this.#keeping, this.#space];
    const [repairs, audits] = [this.#repairs, this.#audits];
    this.#round = new DutyRound({ server, signer, shelf, serving, keeping, receipts, repairs, audits, space });
    this.#desk = new DutyDesk({ look: () => this.#round.run(), clock, random });
    this.#listen();
  }

  /** With what is kept already; does nothing before `start`, but answers whoever asks. */
  static async open(options: HolderOptions): Promise<Holder> {
    return new Holder(options, await ColumnShelf.open(options.records, options.stores));
  }

  start(): void {
    const { server } = this.#options;
    this.#unwatch ??= server.watch({ deviceId: this.#deviceId }, ({ type }) => {
      if (type === 'connected') this.#round.tellEverything();
      if (type === 'connected') this.#desk.connected();
      else if (type === 'duties') this.#desk.nudge();
    });
    this.#desk.start();
  }

  /** Lets go of everything; what is kept, and what has come of what is to be kept, stays. */
  async stop(): Promise<void> {
    this.#unwatch?.();
    this.#unwatch = undefined;
    await this.#desk.stop();
    await Promise.all([this.#keeping.stop(), this.#repairs.stop(), this.#audits.stop()]);
    this.serving.stop();
    await this.#shelf.close();
  }

  /** What is here, for this program itself: nobody needs leave for what is their own. */
  get kept(): ServedColumns {
    return this.#shelf;
  }

  /** @returns false for what does not ask for columns: somebody else must answer it then */
  asked(asked: Asked): boolean {
    return this.serving.asked(asked);
  }

  /** Whether a transfer is a holder's own business, which no user has begun. */
  isOwn(transferId: TransferId): boolean {
    return this.#own.has(transferId);
  }

  /** Nothing is deleted because less is given than is used: the server says what may go. */
  setOffer(offeredBytes: number): void {
    this.#space.offeredBytes = offeredBytes;
    this.#desk.nudge();
    this.events.emit('change', undefined);
  }

  /** Deletes everything that is kept here, and gives no room any more. */
  async wipe(): Promise<void> {
    this.#space.offeredBytes = 0;
    this.#round.tellInventory();
    await this.#keeping.take([]);
    await this.#repairs.stop();
    for (const { column } of this.#shelf.all()) {
      this.serving.withdraw(column);
      await this.#shelf.delete(column);
    }
    this.#desk.nudge();
  }

  snapshot(): HolderSnapshot {
    return snapshotOf({
      ...{ shelf: this.#shelf, offeredBytes: this.#space.offeredBytes, fetching: this.#keeping.underWay },
      isRepairing: this.#repairs.isBusy,
      ...{ servedBytes: this.serving.servedBytes, servedDeviceCount: this.serving.count },
    });
  }

  #listen(): void {
    const [changed, nudge] = [() => this.events.emit('change', undefined), () => this.#desk.nudge()];
    this.#shelf.events.on('change', changed);
    this.serving.events.on('change', changed);
    this.#keeping.events.on('change', changed);
    this.#repairs.events.on('change', changed);
    this.#keeping.events.on('fetched', nudge);
    this.#repairs.events.on('made', nudge);
    this.serving.events.on('given', ({ columns }) => void this.#letGoOf(columns).catch(() => {}));
    this.#keeping.events.on('full', () => {
      this.#space.tellAnew();
      nudge();
    });
    this.serving.events.on('unreadable', (column) => void this.#shelf.check(column).catch(() => {}));
    this.#shelf.events.on('lost', (column) => {
      this.serving.withdraw(column);
      this.#round.tellInventory();
      this.#desk.nudge();
    });
  }

  /** What was made for others is theirs now. */
  async #letGoOf(columns: readonly Column[]): Promise<void> {
    for (const column of columns) if (this.#shelf.get(column)?.state === 'made') await this.#shelf.delete(column);
  }
}
