// Gives columns to whoever asks with leave for them: a few devices at once, the others in a line. Knows neither where the
// columns come from nor why somebody may have them.
import type { Column, ColumnsReference } from '@ferry/shared';
import {
  type Asked,
  type Clock,
  Emitter,
  type Exchange,
  entryBundle,
  isEnded,
  type Outgoing,
  type PauseReason,
  type TransferId,
} from '@ferry/webrtc-core';
import { type AllowedColumns, AskedColumns, type AskedColumnsOptions } from './asked-columns.ts';
import { LEEWAY_MS } from './capability.ts';
import { columnKey } from './column-key.ts';
import { parseColumnsReference } from './columns-reference.ts';
import { ServingTurns, type TakesTurns } from './serving-turns.ts';

/** Devices, each with whatever it fetches. */
const SLOTS = 8;
/** A column of 64 MiB at a few MB/s: whoever waits does not wait for whole files. */
const TURN_MS = 30_000;
/** Whoever lost the link asks anew; after this time nobody will. */
const GONE_AFTER_MS = 2 * 60_000;

export interface ColumnServingOptions extends AskedColumnsOptions {
  exchange: Exchange;
  clock: Clock;
  /** Transfers that no user has begun: those that are served are among them. */
  own: Set<TransferId>;
}

export interface ColumnServingEvents {
  change: undefined;
  /** Somebody has all of what they asked for, durably, and both sides agree on what it is. */
  given: { peerId: string; columns: readonly Column[] };
  /** It could not be read, or is not what it was. */
  unreadable: Column;
}

interface Served extends TakesTurns {
  readonly outgoing: Outgoing;
  readonly peerId: string;
  readonly versionId: string;
  readonly columns: ReadonlyMap<string, Column>;
  /** Calls off that it is forgotten. */
  readonly timers: Set<() => void>;
}

export class ColumnServing {
  readonly events = new Emitter<ColumnServingEvents>();
  readonly #options: ColumnServingOptions;
  readonly #asked: AskedColumns;
  readonly #served = new Map<string, Served>();
  /** Versions of which nothing is given for now. */
  readonly #paused = new Map<string, PauseReason>();
  readonly #turns: ServingTurns;
  #endedBytes = 0;

  constructor(options: ColumnServingOptions) {
    this.#options = options;
    this.#asked = new AskedColumns(options);
    this.#turns = new ServingTurns({
      ...{ served: this.#served, slots: SLOTS, turnMs: TURN_MS, clock: options.clock },
      outgoing: (transferId) => this.#served.get(transferId)?.outgoing,
    });
    options.exchange.events.on('link', ({ peerId, open }) => open || this.#gone(peerId));
  }

  /** Since this program was started. */
  get servedBytes(): number {
    return [...this.#served.values()].reduce((sum, { outgoing }) => sum + outgoing.movedBytes, this.#endedBytes);
  }

  /** Devices that are given something now, or wait for it. */
  get count(): number {
    return new Set([...this.#served.values()].map(({ peerId }) => peerId)).size;
  }

  /** @returns false for what does not ask for columns: somebody else must answer it then */
  asked(asked: Asked): boolean {
    const reference = parseColumnsReference(asked.reference);
    if (!reference) return false;
    this.#answer(asked, reference).catch(() => {
      this.#turns.leave(asked.transfer, { keepsPlace: false });
      this.#refuse(asked, 'unreadable');
    });
    return true;
  }

  /** It is not here any more, or about to go: nobody gets any more of it. Whoever wanted other columns, too, asks again. */
  withdraw(column: Column): void {
    this.#asked.withdrawn();
    const key = columnKey(column);
    for (const [transferId, { columns }] of [...this.#served]) if (columns.has(key)) this.#forget(transferId);
  }

  /** Nothing of this version is given for now; whoever asks for it hears why, and waits. */
  pause(versionId: string, reason: PauseReason): void {
    this.#paused.set(versionId, reason);
    for (const served of this.#of(versionId)) this.#applyPause(served);
  }

  resume(versionId: string): void {
    if (!this.#paused.delete(versionId)) return;
    for (const served of this.#of(versionId)) {
      this.#applyPause(served);
      this.#turns.changed(served.outgoing, served);
    }
  }

  /** None of this version's columns are here any more. */
  withdrawVersion(versionId: string): void {
    this.#asked.withdrawn();
    this.#paused.delete(versionId);
    for (const { outgoing } of this.#of(versionId)) this.#forget(outgoing.transfer);
  }

  stop(): void {
    this.#asked.withdrawn();
    for (const transferId of [...this.#served.keys()]) this.#forget(transferId);
  }

  async #answer(asked: Asked, reference: ColumnsReference): Promise<void> {
    const allowed = await this.#asked.for(reference, asked.peerId);
    if (typeof allowed === 'string') this.#refuse(asked, allowed);
    else this.#serve(asked, allowed);
  }

  #serve(asked: Asked, { columns, untilMs }: AllowedColumns): void {
    const { transfer: transferId, peerId } = asked;
    const sizeBytes = columns.reduce((sum, { entry }) => sum + entry.sizeBytes, 0);
    if (!this.#turns.enter({ transferId, requesterId: peerId, sizeBytes })) return this.#refuse(asked, 'queue-full');
    this.#drop(transferId);
    const about = { title: columnKey(columns[0]!.column), itemCount: columns.length };
    this.#options.own.add(transferId);
    const outgoing = asked.serve(entryBundle(columns), about);
    const keyed = new Map(columns.map(({ column }) => [columnKey(column), column]));
    const { versionId } = columns[0]!.column;
    const served: Served = { outgoing, peerId, versionId, columns: keyed, timers: new Set(), isPaused: false };
    this.#served.set(transferId, served);
    // Leave is for a while: whoever still may have it asks again.
    this.#forgetLater(transferId, untilMs + LEEWAY_MS - Date.now());
    outgoing.events.on('change', () => this.#changed(outgoing));
    this.#changed(outgoing);
  }

  #refuse(asked: Asked, reason: Parameters<Asked['refuse']>[0]): void {
    // What was served on an earlier link is not served any more.
    if (this.#served.has(asked.transfer)) this.#forget(asked.transfer);
    asked.refuse(reason);
  }

  #changed(outgoing: Outgoing): void {
    const served = this.#served.get(outgoing.transfer);
    if (served?.outgoing !== outgoing) return;
    this.events.emit('change', undefined);
    if (isEnded(outgoing.state)) return this.#ended(served);
    this.#applyPause(served);
    this.#turns.changed(outgoing, served);
  }

  /** Before somebody has accepted there is nothing to pause. */
  #applyPause(served: Served): void {
    const { outgoing, versionId } = served;
    const { state } = outgoing;
    const reason = this.#paused.get(versionId);
    served.isPaused = reason !== undefined;
    const isMoving = state.status === 'serving' || (state.status === 'paused' && state.by.me !== reason);
    if (reason && isMoving) outgoing.pause(reason);
  }

  #of(versionId: string): Served[] {
    return [...this.#served.values()].filter((served) => served.versionId === versionId);
  }

  #ended({ outgoing, peerId, columns }: Served): void {
    const { state, chosen } = outgoing;
    const chosenColumns = (chosen?.entries ?? []).flatMap(({ path }) => columns.get(path[0] ?? '') ?? []);
    this.#forget(outgoing.transfer);
    if (state.status === 'done') this.events.emit('given', { peerId, columns: chosenColumns });
    if (state.status !== 'failed' || state.by !== 'me') return;
    const wrong = state.entry === undefined ? chosenColumns : [chosenColumns[state.entry]!];
    for (const column of wrong) this.events.emit('unreadable', column);
  }

  #gone(peerId: string): void {
    for (const [transferId, served] of this.#served)
      if (served.peerId === peerId) this.#forgetLater(transferId, GONE_AFTER_MS);
  }

  #forgetLater(transferId: string, delayMs: number): void {
    this.#served.get(transferId)?.timers.add(this.#options.clock.after(delayMs, () => this.#forget(transferId)));
  }

  #forget(transferId: string): void {
    const outgoing = this.#drop(transferId);
    if (!outgoing) return;
    this.#turns.leave(transferId, { keepsPlace: !isEnded(outgoing.state) });
    if (!isEnded(outgoing.state)) outgoing.cancel();
    this.#options.exchange.forget(transferId);
    this.#options.own.delete(transferId);
    this.events.emit('change', undefined);
  }

  #drop(transferId: string): Outgoing | undefined {
    const served = this.#served.get(transferId);
    if (!served) return undefined;
    for (const callOff of served.timers) callOff();
    this.#served.delete(transferId);
    this.#endedBytes += served.outgoing.movedBytes;
    return served.outgoing;
  }
}
