// An engine that invents everything: shows a scene's transfers, obeys its commands at once, and moves nothing.
import { DEFAULT_SERVING } from '../src/adapters/catalog-contract.ts';
import type { EngineClient, EngineSnapshot, TransferSnapshot } from '../src/adapters/engine-contract.ts';
import { DEFAULT_STORE } from '../src/adapters/store-contract.ts';
import { byTurn } from '../src/model/transfer/queue.ts';
import { inventedDownloads, inventedStoreDownload } from './invented-downloads.ts';
import { inventedSharing } from './invented-sharing.ts';
import { inventedSpace } from './invented-space.ts';
import type { Scene } from './scene.ts';

/** The page is there by then. */
const BECOMES_MS = 600;

export function inventedEngine(scene: Scene): EngineClient {
  const { snapshot, entries = {} } = scene;
  let current: EngineSnapshot = {
    transfers: [],
    received: [],
    partial: [],
    shares: [],
    endedShares: [],
    serving: { settings: DEFAULT_SERVING, downloadCounts: {} },
    store: DEFAULT_STORE,
    limits: { transfersAtOnce: 5, receiveBytesPerSecond: null, sendBytesPerSecond: null },
    receivedRevision: 0,
    ...snapshot,
  };
  let tell: (snapshot: EngineSnapshot) => void = () => {};
  const changeAll = (next: Partial<EngineSnapshot>) => {
    current = { ...current, ...next };
    tell(current);
  };
  const publish = (transfers: TransferSnapshot[]) => changeAll({ transfers });
  const change = async (transferId: string, change: Partial<TransferSnapshot>) =>
    publish(current.transfers.map((known) => (known.transferId === transferId ? { ...known, ...change } : known)));
  const goOn = (transferId: string) => {
    const { direction } = current.transfers.find((known) => known.transferId === transferId)!;
    const status = direction === 'send' ? 'serving' : 'fetching';
    return change(transferId, { status, problem: undefined, pausedBy: undefined, pauseReason: undefined });
  };
  return {
    catalog: {
      ...inventedSharing({ current: () => current, change: changeAll }),
      ...inventedDownloads(scene, (begun) => publish([...current.transfers, begun])),
    },
    store: {
      ...inventedSpace({ current: () => current, change: changeAll }),
      download: async (request) => {
        const begun = inventedStoreDownload(request);
        publish([...current.transfers, begun]);
        return begun.transferId;
      },
    },
    send: async () => 'sent',
    entries: async (transferId) => entries[transferId] ?? [],
    content: async () => new Blob(),
    accept: async (transferId, _entryIndexes, folder) => {
      const { problem } = current.transfers.find((known) => known.transferId === transferId)!;
      if (problem && !folder) throw new Error(problem.code);
      await goOn(transferId);
    },
    decline: (transferId) => change(transferId, { status: 'declined' }),
    pause: (transferId) => change(transferId, { status: 'paused', pausedBy: 'me', pauseReason: 'user' }),
    resume: goOn,
    cancel: (transferId) => change(transferId, { status: 'cancelled', cancelledBy: 'me' }),
    retry: goOn,
    supplyFiles: async (transferId, files) => {
      const { title } = current.transfers.find((known) => known.transferId === transferId)!;
      if (files.some(({ path }) => path[0] === title)) await goOn(transferId);
      else await change(transferId, { problem: { code: 'files-differ', fileName: title } });
    },
    lockedHandles: async () => [],
    unlock: goOn,
    useFolder: goOn,
    move: async (transferId, to) => {
      publish(moved(current.transfers, transferId, to));
      if (to === 'first') await goOn(transferId);
    },
    setLimits: async (limits) => {
      current = { ...current, limits };
      tell(current);
    },
    dismiss: async (transferId) => publish(current.transfers.filter((known) => known.transferId !== transferId)),
    clearReceived: async (transferIds) => {
      current = {
        ...current,
        received: current.received.filter(({ transferId }) => !transferIds.includes(transferId)),
        partial: current.partial.filter(({ transferId }) => !transferIds.includes(transferId)),
      };
      tell(current);
    },
    storageUse: async () => ({ usedBytes: 3.4e9, freeBytes: 40e9 }),
    subscribe(listener) {
      tell = listener;
      listener(current);
      const { becomes } = scene;
      if (becomes) setTimeout(() => changeAll(becomes(current)), BECOMES_MS);
      return () => {};
    },
  };
}

/** Changes places with its neighbour, or goes before them all. */
function moved(transfers: TransferSnapshot[], transferId: string, to: 'up' | 'down' | 'first'): TransferSnapshot[] {
  const subject = transfers.find((known) => known.transferId === transferId)!;
  const line = transfers.filter(({ direction }) => direction === subject.direction).sort(byTurn);
  const at = line.indexOf(subject);
  if (to === 'first') {
    const order = Math.min(...line.map((known) => known.order)) - 1;
    return transfers.map((known) => (known === subject ? { ...known, order } : known));
  }
  const other = line[at + (to === 'up' ? -1 : 1)] ?? subject;
  return transfers.map((known) => {
    if (known === subject) return { ...known, order: other.order };
    return known === other ? { ...known, order: subject.order } : known;
  });
}
