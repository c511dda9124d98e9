// What I share, as the engine tells it, and what is on its way to being shared. The engine does the work; this reads
// what the browser cannot open again, and remembers what was shared just now.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CatalogCommands, ShareSnapshot } from '../adapters/catalog-contract.ts';
import { type Plan, planned } from '../model/sharing/planned-share.ts';
import type { Brought } from '../model/staging/brought.ts';
import type { ReadOptions } from '../model/staging/read-folder.ts';
import { isEqual } from '../model/transfer/unchanged.ts';
import { useSession } from './session.ts';
import { useShareDefaults } from './share-defaults.ts';
import { useTransfers } from './transfers.ts';

/** A folder that is read in the page, because this browser cannot open it again. */
export interface FolderRead {
  title: string;
  fileCount: number;
}

export type ShareOutcome = { title: string; outcome: 'shared' | 'nothing' | 'failed' };

const TELL_EVERY_MS = 100;

export const useSharing = defineStore('sharing', () => {
  const session = useSession();
  const transfers = useTransfers();
  const defaults = useShareDefaults();
  const isPanelOpen = ref(false);
  /** Shared since the panel was last closed: what it offers to undo. */
  const newIds = shallowRef<ReadonlySet<string>>(new Set());
  const reading = shallowRef<readonly FolderRead[]>([]);
  const catalog = (): CatalogCommands => session.desk().engine.catalog;

  const shares = computed<readonly ShareSnapshot[]>((before = []) => {
    const known = new Map(before.map((share) => [share.shareId, share]));
    const next = transfers.shares.map((share) => {
      const same = known.get(share.shareId);
      return same && isEqual(same, share) ? same : share;
    });
    return next.sort((a, b) => b.createdAt - a.createdAt);
  });

  /** Lists all of it for whom the last was for; resolves when the engine has it all. */
  async function share(brought: Brought): Promise<ShareOutcome[]> {
    isPanelOpen.value = true;
    return Promise.all((await planned(brought, readOptions)).map(shareOne));
  }

  async function shareOne({ title, share: plan }: Plan): Promise<ShareOutcome> {
    try {
      const ready = await plan;
      if (!ready) return { title, outcome: 'nothing' };
      const { audience, rules } = defaults.current;
      const shareId = await catalog().share({ ...ready, audience, rules });
      newIds.value = new Set(newIds.value).add(shareId);
      return { title, outcome: 'shared' };
    } catch {
      return { title, outcome: 'failed' };
    } finally {
      reading.value = reading.value.filter((folder) => folder.title !== title);
    }
  }

  function readOptions(title: string): ReadOptions {
    let toldAt = Number.NEGATIVE_INFINITY;
    return {
      signal: new AbortController().signal,
      onProgress({ files }) {
        const now = performance.now();
        if (now - toldAt < TELL_EVERY_MS) return;
        toldAt = now;
        const others = reading.value.filter((folder) => folder.title !== title);
        reading.value = [...others, { title, fileCount: files.length }];
      },
    };
  }

  function closePanel(): void {
    isPanelOpen.value = false;
    newIds.value = new Set();
  }

  return {
    shares,
    reading,
    newIds,
    isPanelOpen,
    share,
    closePanel,
    change: (...asked: Parameters<CatalogCommands['changeShare']>) => catalog().changeShare(...asked),
    rescan: (shareId: string) => catalog().rescanShare(shareId),
    lockedHandles: (shareId: string) => catalog().lockedShareHandles(shareId),
    unlock: (shareId: string) => catalog().unlockShare(shareId),
    reconnect: (...asked: Parameters<CatalogCommands['reconnectShare']>) => catalog().reconnectShare(...asked),
    stop: (shareId: string) => catalog().stopSharing(shareId),
    stopAll: () => catalog().stopSharingAll(),
    forgetEnded: (shareIds: string[]) => catalog().forgetEndedShares(shareIds),
  };
});
