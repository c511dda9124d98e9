// Looks whether a device has a column that it said it keeps: fetches one chunk of it, with the proof that it is part of
// what it must be. Knows neither who wants to know nor what becomes of it.
import type { AuditVerdict, Duty } from '@ferry/shared';
import { type Clock, type Exchange, isEnded, type Receiver, type TransferId } from '@ferry/webrtc-core';
import { almostWholeStores } from '@ferry/webrtc-core/erasure';
import { FORGET_AFTER_MS } from './column-fetch.ts';
import { columnManifest, columnSummary } from './column-manifest.ts';
import { columnReference } from './columns-reference.ts';

export type AuditDuty = Extract<Duty, { type: 'audit' }>;

export interface ChunkAuditOptions {
  exchange: Exchange;
  clock: Clock;
  /** See {@link ColumnFetch}. */
  own: Set<TransferId>;
}

/** Time to be connected, for a relay if need be, and for whoever is served first. */
const PATIENCE_MS = 2 * 60_000;

/** @param signal gives up; the verdict is of no use then */
export async function auditChunk(
  duty: AuditDuty,
  { exchange, clock, own }: ChunkAuditOptions,
  signal: AbortSignal,
): Promise<AuditVerdict> {
  const { versionId, group, index, ...about } = duty.column;
  const described = { column: { versionId, group, index }, ...about };
  const { deviceId, capability } = duty.from;
  const transfer = crypto.randomUUID();
  const manifest = columnManifest(described);
  const reference = async () => columnReference(capability, described.column);
  own.add(transfer);
  const receiver = await exchange.fetch({
    ...{ transfer, summary: columnSummary(described), manifest, stores: almostWholeStores(duty.chunk) },
    sources: [{ peerId: deviceId, reference, isOrigin: false }],
    accepted: { chosen: manifest, chosenRuns: [{ first: 0, count: 1 }] },
  });
  const verdict = await firstVerdict(receiver, clock, signal);
  if (!isEnded(receiver.state)) receiver.cancel();
  clock.after(FORGET_AFTER_MS, () => {
    exchange.forget(transfer);
    own.delete(transfer);
  });
  return verdict;
}

function firstVerdict(receiver: Receiver, clock: Clock, signal: AbortSignal): Promise<AuditVerdict> {
  const { promise, resolve } = Promise.withResolvers<AuditVerdict>();
  const callOff = clock.after(PATIENCE_MS, () => resolve('silent'));
  const look = () => {
    const verdict = verdictOf(receiver);
    if (verdict) resolve(verdict);
  };
  receiver.events.on('change', look);
  signal.addEventListener('abort', () => resolve('silent'));
  look();
  return promise.finally(callOff);
}

/** Undefined while nothing can be said. */
function verdictOf({ state, sources: [source] }: Receiver): AuditVerdict | undefined {
  if (state.status === 'done') return 'good';
  if (state.status === 'failed') return state.code === 'chunk-corrupt' ? 'wrong' : 'silent';
  if (source?.refusal === 'not-found') return 'missing';
  // It was there, and has something else to do.
  return source?.refusal ? 'silent' : undefined;
}
