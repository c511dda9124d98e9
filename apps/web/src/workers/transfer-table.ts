// The transfers that the page shows, each with what the engine's own objects do not know: whose they are,
// since when, and by which route. Sends no messages and stores nothing.
import { isEnded, type Outgoing, type Receiver } from '@ferry/webrtc-core';
import type { Problem, TransferSnapshot } from '../adapters/engine-contract.ts';
import type { EnginePath } from '../adapters/engine-rpc.ts';
import { transferSnapshot } from './transfer-snapshot.ts';

export interface TransferRow {
  transferId: string;
  peer: { userId: string; username: string };
  createdAt: number;
  transfer: Outgoing | Receiver;
  direction: 'send' | 'receive';
  lastPath?: EnginePath;
  problem?: Problem;
}

export class TransferTable {
  readonly #rows = new Map<string, TransferRow>();
  readonly #paths = new Map<string, EnginePath>();
  readonly #connected = new Set<string>();

  add(row: Omit<TransferRow, 'transferId'>): TransferRow {
    const added = { ...row, transferId: row.transfer.transfer };
    this.#rows.set(added.transferId, added);
    return added;
  }

  get(transferId: string): TransferRow | undefined {
    return this.#rows.get(transferId);
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
  }

  setPath(peerId: string, path: EnginePath | null): void {
    if (path) this.#paths.set(peerId, path);
    else this.#paths.delete(peerId);
  }

  get hasUnfinished(): boolean {
    return [...this.#rows.values()].some(({ transfer }) => !isEnded(transfer.state));
  }

  snapshots(nowMs: number): TransferSnapshot[] {
    return [...this.#rows.values()].map((row) => this.#snapshot(row, nowMs));
  }

  #snapshot(row: TransferRow, nowMs: number): TransferSnapshot {
    const { transferId, direction, peer, createdAt, problem, transfer } = row;
    const peerIds = 'peerIds' in transfer ? transfer.peerIds : [transfer.peerId];
    const peerId = peerIds.find((id) => this.#connected.has(id));
    const path = peerId === undefined ? undefined : this.#paths.get(peerId);
    row.lastPath = path ?? row.lastPath;
    const about = { transferId, direction, peer, createdAt, path: row.lastPath, isConnected: path !== undefined };
    return transferSnapshot(problem ? { ...about, problem } : about, transfer, nowMs);
  }
}
