// The engine's snapshots as the page shows them, and the commands to it. Plain data in shallow refs: live engine
// objects never get here.
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { DEFAULT_SERVING } from '../adapters/catalog-contract.ts';
import type { EngineClient, EngineSnapshot, Route } from '../adapters/engine-contract.ts';
import { DEFAULT_STORE } from '../adapters/store-contract.ts';
import { byTurn, placesOf } from '../model/transfer/queue.ts';
import { totalsOf } from '../model/transfer/totals.ts';
import { isEnded, isRequest } from '../model/transfer/transfer-kind.ts';
import { reuseUnchanged } from '../model/transfer/unchanged.ts';
import { useSession } from './session.ts';

const NOTHING: EngineSnapshot = {
  transfers: [],
  received: [],
  partial: [],
  shares: [],
  endedShares: [],
  serving: { settings: DEFAULT_SERVING, downloadCounts: {} },
  store: DEFAULT_STORE,
  limits: { transfersAtOnce: 5, receiveBytesPerSecond: null, sendBytesPerSecond: null },
  receivedRevision: 0,
};

export const useTransfers = defineStore('transfers', () => {
  const session = useSession();
  const snapshot = shallowRef(NOTHING);

  watch(
    () => session.openedDesk,
    (desk, _, onCleanup) => {
      snapshot.value = NOTHING;
      if (desk) onCleanup(desk.engine.subscribe((next) => take(next)));
    },
    { immediate: true },
  );

  function take(next: EngineSnapshot): void {
    snapshot.value = { ...next, transfers: reuseUnchanged(snapshot.value.transfers, next.transfers) };
  }

  const all = computed(() => snapshot.value.transfers);
  const received = computed(() => snapshot.value.received);
  const partial = computed(() => snapshot.value.partial);
  const shares = computed(() => snapshot.value.shares);
  const endedShares = computed(() => snapshot.value.endedShares);
  const serving = computed(() => snapshot.value.serving);
  const store = computed(() => snapshot.value.store);
  const limits = computed(() => snapshot.value.limits);
  const receivedRevision = computed(() => snapshot.value.receivedRevision);
  /** Who has waited longest comes first. */
  const requests = computed(() => all.value.filter(isRequest).sort((a, b) => a.createdAt - b.createdAt));
  const rows = computed(() => all.value.filter((transfer) => !isRequest(transfer)).sort(byTurn));
  const active = computed(() => rows.value.filter((transfer) => !isEnded(transfer)));
  const ended = computed(() => rows.value.filter(isEnded));
  /** Where each stands in its line. */
  const places = computed(() => placesOf(active.value));
  const totals = computed(() => totalsOf(all.value));

  /** By which route bytes go to or from a person now, if they do. */
  const routes = computed(() => {
    const found = new Map<string, Route>();
    for (const { peer, route } of active.value) if (route !== 'offline') found.set(peer.userId, route);
    return found;
  });

  const engine = (): EngineClient => session.desk().engine;
  const commands: Commands = {
    accept: (...asked) => engine().accept(...asked),
    decline: (transferId) => engine().decline(transferId),
    pause: (transferId) => engine().pause(transferId),
    resume: (transferId) => engine().resume(transferId),
    cancel: (transferId) => engine().cancel(transferId),
    retry: (transferId) => engine().retry(transferId),
    move: (...asked) => engine().move(...asked),
    supplyFiles: (...supplied) => engine().supplyFiles(...supplied),
    lockedHandles: (transferId) => engine().lockedHandles(transferId),
    unlock: (transferId) => engine().unlock(transferId),
    useFolder: (...asked) => engine().useFolder(...asked),
    setLimits: (limits) => engine().setLimits(limits),
    dismiss: (transferId) => engine().dismiss(transferId),
    entries: (transferId) => engine().entries(transferId),
  };
  return {
    all,
    received,
    partial,
    shares,
    endedShares,
    serving,
    store,
    limits,
    receivedRevision,
    requests,
    rows,
    active,
    ended,
    places,
    totals,
    routes,
    ...commands,
    clearFinished: () => Promise.all(ended.value.map(({ transferId }) => engine().dismiss(transferId))),
  };
});

type Commands = Omit<
  EngineClient,
  'catalog' | 'store' | 'send' | 'content' | 'clearReceived' | 'storageUse' | 'subscribe'
>;
