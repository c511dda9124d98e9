// The engine's snapshots as the page shows them, and the commands to it. Plain data in shallow refs: live engine
// objects never get here.
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { EngineSnapshot, Route, TransferSnapshot } from '../adapters/engine-contract.ts';
import { totalsOf } from '../model/transfer/totals.ts';
import { isEnded, isRequest } from '../model/transfer/transfer-kind.ts';
import { reuseUnchanged } from '../model/transfer/unchanged.ts';
import { useSession } from './session.ts';

const NOTHING: EngineSnapshot = { transfers: [], received: [], receivedRevision: 0 };

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
  const receivedRevision = computed(() => snapshot.value.receivedRevision);
  /** Who has waited longest comes first. */
  const requests = computed(() => all.value.filter(isRequest).sort((a, b) => a.createdAt - b.createdAt));
  const rows = computed(() => all.value.filter((transfer) => !isRequest(transfer)).sort(activeThenNewest));
  const active = computed(() => rows.value.filter((transfer) => !isEnded(transfer)));
  const ended = computed(() => rows.value.filter(isEnded));
  const totals = computed(() => totalsOf(all.value));

  /** By which route bytes go to or from a person now, if they do. */
  const routes = computed(() => {
    const found = new Map<string, Route>();
    for (const { peer, route } of active.value) if (route !== 'offline') found.set(peer.userId, route);
    return found;
  });

  const engine = () => session.desk().engine;
  return {
    all,
    received,
    receivedRevision,
    requests,
    rows,
    active,
    ended,
    totals,
    routes,
    accept: (transferId: string, entryIndexes?: number[]) => engine().accept(transferId, entryIndexes),
    decline: (transferId: string) => engine().decline(transferId),
    pause: (transferId: string) => engine().pause(transferId),
    resume: (transferId: string) => engine().resume(transferId),
    cancel: (transferId: string) => engine().cancel(transferId),
    retry: (transferId: string) => engine().retry(transferId),
    dismiss: (transferId: string) => engine().dismiss(transferId),
    entries: (transferId: string) => engine().entries(transferId),
    clearFinished: () => Promise.all(ended.value.map(({ transferId }) => engine().dismiss(transferId))),
  };
});

function activeThenNewest(a: TransferSnapshot, b: TransferSnapshot): number {
  return Number(isEnded(a)) - Number(isEnded(b)) || b.createdAt - a.createdAt;
}
