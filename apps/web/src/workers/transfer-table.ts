// The transfers that the page shows, each with what the engine's own objects do not know: whose they are,
// since when, and by which route. Sends no messages and stores nothing.
import { isEnded, type NoPathCode } from '@ferry/webrtc-core';
import type { SourceSnapshot, TransferSnapshot } from '../adapters/engine-contract.ts';
import type { EnginePath } from '../adapters/engine-rpc.ts';
import { PeopleDirectory } from './people-directory.ts';
import { sourceSnapshots } from './source-snapshots.ts';
import type { ReceiveRow, SendRow, TransferRow } from './transfer-row.ts';
import { transferSnapshot } from './transfer-snapshot.ts';

export class TransferTable {
  readonly #people: PeopleDirectory;
  readonly #rows = new Map<string, TransferRow>();
  readonly #paths = new Map<string, EnginePath>();
  readonly #connected = new Set<string>();
  /** Why the last attempt to reach a device found no path, until there is one or the device is gone. */
  readonly #noPaths = new Map<string, NoPathCode>();

  constructor(people = new PeopleDirectory()) {
    this.#people = people;
  }

  add<Row extends TransferRow>(row: Omit<Row, 'transferId'> & Pick<Row, 'transfer'>): Row {
    const added = { ...row, transferId: row.transfer.transfer } as Row;
    this.#rows.set(added.transferId, added);
    return added;
  }

  get(transferId: string): TransferRow | undefined {
    return this.#rows.get(transferId);
  }

  sending(transferId: string): SendRow | undefined {
    const row = this.#rows.get(transferId);
    return row?.direction === 'send' ? row : undefined;
  }

  receiving(transferId: string): ReceiveRow | undefined {
    const row = this.#rows.get(transferId);
    return row?.direction === 'receive' ? row : undefined;
  }

  delete(transferId: string): void {
    this.#rows.delete(transferId);
  }

  all(): Iterable<TransferRow> {
    return this.#rows.values();
  }

  setConnected(peerId: string, connected: boolean): void {
    if (connected) this.#connected.add(peerId);
    else this.#connected.delete(peerId);
    if (connected) this.#noPaths.delete(peerId);
  }

  setNoPath(peerId: string, code: NoPathCode): void {
    this.#noPaths.set(peerId, code);
  }

  /** A device that is offline cannot be reached for that reason alone. */
  setOnline(peerIds: readonly string[]): void {
    const online = new Set(peerIds);
    for (const peerId of this.#noPaths.keys()) if (!online.has(peerId)) this.#noPaths.delete(peerId);
  }

  setPath(peerId: string, path: EnginePath | null): void {
    if (path) this.#paths.set(peerId, path);
    else this.#paths.delete(peerId);
  }

  get hasUnfinished(): boolean {
    return [...this.#rows.values()].some(({ transfer }) => !isEnded(transfer.state));
  }

  /** Behind all others. */
  nextOrder(): number {
    return Math.max(Date.now(), ...[...this.#rows.values()].map(({ order }) => order + 1));
  }

  snapshots(nowMs: number): TransferSnapshot[] {
    return [...this.#rows.values()].map((row) => this.#snapshot(row, nowMs));
  }

  #snapshot(row: TransferRow, nowMs: number): TransferSnapshot {
    const sources = this.#sources(row);
    const peerIds = peerIdsOf(row);
    const peerId = peerIds.find((id) => this.#connected.has(id) && this.#paths.has(id));
    const path = peerId === undefined ? undefined : this.#paths.get(peerId);
    if (path) row.lastPath = path;
    const noPath = peerIds.map((id) => this.#noPaths.get(id)).find((code) => code !== undefined);
    return transferSnapshot(row, { path: row.lastPath, isConnected: path !== undefined, noPath, sources }, nowMs);
  }

  #sources(row: TransferRow): SourceSnapshot[] {
    if (row.direction !== 'receive' || !row.origin || row.origin === 'direct') return [];
    const routeOf = (peerId: string) => (this.#connected.has(peerId) ? this.#paths.get(peerId)?.route : undefined);
    return sourceSnapshots(row, { people: this.#people, routeOf });
  }
}

/** Devices whose path is the transfer's; of several sources the first that gives something. */
function peerIdsOf(row: TransferRow): readonly string[] {
  if (row.direction === 'receive') {
    if (!row.origin || row.origin === 'direct') return [row.transfer.peerId];
    const { sources } = row.transfer;
    const serving = sources.filter(({ status }) => status === 'serving');
    return (serving.length > 0 ? serving : sources).map(({ peerId }) => peerId);
  }
  const { askedBy, peerIds } = row.transfer;
  return askedBy === undefined ? peerIds : [askedBy];
}
