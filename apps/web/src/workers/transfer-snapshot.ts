// One transfer as the page sees it: plain data drawn from the engine's live objects. Decides nothing.
import {
  BundleLayout,
  type Manifest,
  type NoPathCode,
  type Outgoing,
  type PieceLevel,
  pieceMap,
  type Receiver,
  type ReceiverState,
  type SenderState,
  safeSegment,
  totalBytes,
} from '@ferry/webrtc-core';
import type { ConnectionDetails, Problem, SourceSnapshot, TransferSnapshot } from '../adapters/engine-contract.ts';
import type { EnginePath } from '../adapters/engine-rpc.ts';
import { placesOf, shownTitle } from './catalog/download-shown.ts';
import { problemCodeOf } from './problem.ts';
import type { StoredRow } from './store/download-row.ts';
import type { TransferRow } from './transfer-row.ts';

/** UI: the pieces strip has this many cells at most. */
const PIECE_CELLS = 80;

/** The route in use, or the last one, and why there is none now, if that is known. */
interface RowPath {
  path: EnginePath | undefined;
  isConnected: boolean;
  noPath: NoPathCode | undefined;
  /** Of a download. */
  sources: SourceSnapshot[];
}

export function transferSnapshot(
  row: TransferRow,
  { path, isConnected, noPath, sources }: RowPath,
  nowMs: number,
): TransferSnapshot {
  const { transferId, direction, peer, createdAt, order, problem, transfer } = row;
  const { summary, progress, movedBytes } = transfer;
  const stored = row.direction === 'receive' ? row.stored : undefined;
  const { chosen } = stored ?? transfer;
  const state = shownState(row);
  const catalog = row.direction === 'receive' ? row.catalog : undefined;
  const { title, itemCount } = shownTitle(catalog, summary);
  const shownProblem = problem ?? failureOf(state, chosen) ?? stallOf(state, noPath);
  const allBytes = stored ? totalBytes(chosen ?? stored.manifest) : (progress?.totalBytes ?? summary.totalBytes);
  return {
    transferId,
    direction,
    peer,
    createdAt,
    order,
    title: safeSegment(title),
    itemCount,
    fileCount: stored ? (chosen ?? stored.manifest).entries.length : fileCountOf(transfer),
    totalBytes: allBytes,
    doneBytes: state.status === 'done' ? allBytes : (stored?.doneBytes ?? progress?.doneBytes ?? 0),
    movedBytes,
    bytesPerSecond: isMoving(state) ? (progress?.bytesPerSecond(nowMs) ?? 0) : 0,
    secondsLeft: isMoving(state) ? (progress?.secondsLeft(nowMs) ?? null) : null,
    status: state.status,
    route: routeOf(state, path, isConnected),
    pieces: piecesOf({ state: transfer.state, summary, chosen, held: (stored ?? transfer).held }),
    canRetry: canRetry(row),
    survivesReload: row.direction === 'receive' || row.survivesReload,
    origin: row.origin ?? 'direct',
    sources,
    ...(catalog && { places: placesOf(catalog), givers: [...(catalog.givers ?? [])] }),
    ...(stored ? storedShown(stored) : isWaiting(state, sources) && { waitsForOwner: true }),
    ...pausedAndCancelled(state),
    ...(shownProblem && { problem: shownProblem }),
    ...(path && isConnected ? { connection: connectionOf(path) } : {}),
  };
}

/** What the user has paused is shown as paused, also while nobody has answered yet. */
function shownState(row: TransferRow): ReceiverState | SenderState {
  const { state } = row.transfer;
  const isPausedEarly = row.direction === 'receive' && row.isPausedEarly === true;
  if (!isPausedEarly || state.status !== 'announced') return state;
  return { status: 'paused', by: { me: 'user', peer: null }, connected: false, held: false };
}

/** What was accepted goes on from where it was; what was refused can only be asked anew, with its files at hand. */
function canRetry({ direction, transfer, origin }: TransferRow): boolean {
  const { status } = transfer.state;
  // Whoever found something in the catalog asks for it as often as they like; whoever serves it does not.
  if (origin === 'catalog') return direction === 'receive' && status === 'failed';
  if (direction === 'receive') return status === 'failed' && transfer.chosen !== undefined;
  return status === 'failed' || ((status === 'declined' || status === 'cancelled') && transfer.bundle !== undefined);
}

/** Those that are done without are not counted. */
function fileCountOf(transfer: Outgoing | Receiver): number {
  const givenUp = 'givenUp' in transfer ? transfer.givenUp.length : 0;
  return transfer.chosen ? transfer.chosen.entries.length - givenUp : transfer.summary.entryCount;
}

/** Nobody who has it is there. */
function isWaiting({ status }: ReceiverState | SenderState, sources: readonly SourceSnapshot[]): boolean {
  if (status !== 'announced' && status !== 'stalled') return false;
  return sources.length > 0 && sources.every(({ isOnline }) => !isOnline);
}

function isMoving(state: ReceiverState | SenderState): boolean {
  return state.status === 'fetching' || state.status === 'serving';
}

function routeOf(
  state: ReceiverState | SenderState,
  path: EnginePath | undefined,
  isConnected: boolean,
): TransferSnapshot['route'] {
  // A finished transfer keeps the route it had: being offline now says nothing about it.
  if (state.status === 'done') return path?.route ?? 'direct';
  return isConnected && path ? path.route : 'offline';
}

function piecesOf({
  state,
  held,
  chosen,
  summary,
}: Pick<Receiver, 'held' | 'chosen' | 'summary'> & Pick<Outgoing | Receiver, 'state'>): PieceLevel[] {
  if (held && state.status !== 'done') return pieceMap(held, PIECE_CELLS);
  const cells = chosen ? new BundleLayout(chosen).chunkCount : Math.ceil(summary.totalBytes / 2 ** 20);
  return new Array(Math.max(1, Math.min(PIECE_CELLS, cells))).fill(state.status === 'done' ? 3 : 0);
}

function storedShown({ versionId, kind, waitsFor }: StoredRow): Pick<TransferSnapshot, 'stored' | 'waitsForHolders'> {
  return { stored: { versionId, kind }, ...(waitsFor && { waitsForHolders: { ...waitsFor } }) };
}

function pausedAndCancelled(
  state: ReceiverState | SenderState,
): Pick<TransferSnapshot, 'pausedBy' | 'pauseReason' | 'cancelledBy'> {
  if (state.status === 'paused') {
    const reason = state.by.me ?? state.by.peer;
    return { pausedBy: state.by.me ? 'me' : 'peer', ...(reason && { pauseReason: reason }) };
  }
  if (state.status !== 'cancelled') return {};
  return { cancelledBy: state.reason === 'other-device' ? 'other-device' : state.by };
}

/** A lost link stalls it; that no other one can be made is worth words, while it goes on trying. */
function stallOf(state: ReceiverState | SenderState, noPath: NoPathCode | undefined): Problem | undefined {
  return state.status === 'stalled' && noPath ? { code: problemCodeOf(noPath) } : undefined;
}

function failureOf(state: ReceiverState | SenderState, chosen: Manifest | undefined): Problem | undefined {
  if (state.status !== 'failed') return undefined;
  const name = state.entry === undefined ? undefined : chosen?.entries[state.entry]?.path.at(-1);
  return { code: problemCodeOf(state.code), ...(name ? { fileName: safeSegment(name) } : {}) };
}

function connectionOf({ route: _, ...connection }: EnginePath): ConnectionDetails {
  return connection;
}
