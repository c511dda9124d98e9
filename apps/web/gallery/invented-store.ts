// A server's side of the Store that invents everything: it has the files it is given, and forgets what is deleted.
import type { SentDelivery, StoredDetails, StoreNode, StoreOverview } from '@ferry/shared';
import { ServerRefusal, type StoreServer } from '../src/services.ts';

interface InventedStore {
  files: StoredDetails[];
  nodes?: StoreNode[];
  deliveries?: SentDelivery[];
  refusal?: ServerRefusal;
}

export function inventedStore({ files, nodes = [], deliveries = [], refusal }: InventedStore): StoreServer {
  let kept = files;
  let computers = nodes;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const answer = async <Answer>(give: () => Answer): Promise<Answer> => {
    if (refusal) throw refusal;
    return give();
  };
  return {
    list: ({ query }) =>
      answer(() => {
        const found = kept.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
        return { files: found, totalCount: found.length, cursor: null };
      }),
    details: (versionId) =>
      answer(() => {
        const found = kept.find((file) => file.versionId === versionId);
        if (!found) throw new ServerRefusal('not-found');
        return found;
      }),
    async remove(versionId) {
      kept = kept.filter((file) => file.versionId !== versionId);
      changed();
    },
    async keepUntil(versionId, expiresAt) {
      kept = kept.map((file) => (file.versionId === versionId ? { ...file, expiresAt } : file));
      changed();
    },
    usage: () => answer(() => ({ usedBytes: 24.1e9, quotaBytes: 107.4e9 })),
    overview: () => answer(() => overviewOf(kept)),
    sentDeliveries: async () => deliveries,
    nodes: () => answer(() => computers),
    async createNode(name) {
      const node = {
        nodeId: crypto.randomUUID(),
        name,
        createdAt: Date.now(),
        lastSeenAt: null,
        isOnline: false,
        offeredBytes: 0,
        usedBytes: 0,
      };
      computers = [...computers, node];
      return { node, token: `ferry-node_${'kelp-harbour-lantern-'.repeat(3).slice(0, 43)}` };
    },
    async removeNode(nodeId) {
      computers = computers.filter((node) => node.nodeId !== nodeId);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function overviewOf(files: StoredDetails[]): StoreOverview {
  const fileCounts = { spreading: 0, safe: 0, 'at-risk': 0, unfetchable: 0 };
  for (const { health } of files) fileCounts[health.status]++;
  return {
    offeredOnlineBytes: 310e9,
    offeredBytes: 480e9,
    usedBytes: 122e9,
    deviceCount: 31,
    onlineDeviceCount: 19,
    alwaysOnDeviceCount: 2,
    ownerCount: 24,
    fileCounts,
    repairsUnderWay: 1,
    repairsToday: 4,
    auditsToday: 96,
    largestFileBytes: 42e9,
  };
}
