// What an invented person shares, and an engine that obeys at once: it lists what it is given and serves nobody.
import type { CatalogCommands, ServedDownload, ShareSnapshot } from '../src/adapters/catalog-contract.ts';
import type { EngineSnapshot } from '../src/adapters/engine-contract.ts';
import { share as sample } from '../src/model/sharing/share-fixture.ts';
import { colleagues, peer } from './invented-people.ts';

const userId = (username: string) => peer(username).userId;
let made = 0;
function share(change: Partial<ShareSnapshot>): ShareSnapshot {
  made++;
  return sample({ shareId: `share-${made}`, createdAt: 1000 - made, ...change });
}

const counted = (count: number) => ({ foundCount: count, publishedCount: count, verifiedCount: count });
const listedPhotos = share({});
export const twoShares = [
  listedPhotos,
  share({
    title: 'Onboarding handbook.pdf',
    kind: 'files',
    audience: { type: 'chosen', userIds: ['Grace.Okafor', 'Chen.Wei'].map(userId) },
    ...counted(3),
    totalBytes: 4.3e6,
  }),
];

/** Every status and every problem there is. */
export const everyShare: ShareSnapshot[] = [
  share({ title: 'Footage 2026', status: 'scanning', foundCount: 12_345, publishedCount: 8_000, verifiedCount: 0 }),
  share({ title: 'Invoices', status: 'publishing', foundCount: 100_000, publishedCount: 41_500, verifiedCount: 0 }),
  share({
    title: 'Brand assets',
    ...counted(2_480),
    verifiedCount: 992,
    totalBytes: 41e9,
    audience: { type: 'chosen', userIds: colleagues.slice(0, 6).map((person) => person.userId) },
  }),
  listedPhotos,
  share({ title: 'Scans', ...counted(310), skippedCount: 4, totalBytes: 1.2e9 }),
  share({ title: 'Contracts', status: 'locked', ...counted(86), totalBytes: 140e6 }),
  share({ title: 'Templates', status: 'disconnected', survivesReload: false, ...counted(12), totalBytes: 9e6 }),
  share({ title: 'Everything', status: 'failed', problem: 'too-many', ...counted(250_000), totalBytes: 4e12 }),
  share({ title: 'Old laptop', status: 'failed', problem: 'unreadable', ...counted(0), totalBytes: 0 }),
  share({ title: 'Reports', status: 'failed', problem: 'server', ...counted(42), totalBytes: 80e6 }),
  share({
    title: 'a-folder-with-a-very-long-name-that-must-not-break-the-row-of-what-is-shared-with-everyone',
    ...counted(7),
    survivesReload: false,
  }),
];
export const needing = everyShare.filter(({ status }) => status === 'locked' || status === 'disconnected');
export const locked = ['Contracts', 'Footage 2026', 'Press photos', 'Brand assets'].map((title) =>
  share({ title, status: 'locked', ...counted(86) }),
);

const DAY_MS = 86_400_000;
const served: ServedDownload[] = [
  ['Ana.Petrova', 'cover.psd', 1, 201e6, 0.02],
  ['Chen.Wei', 'Press photos', 48, 284e6, 0.1],
  ['李伟', 'Onboarding handbook.pdf', 1, 2.1e6, 1.1],
  ['Hugo.Laurent', 'Press photos', 48, 284e6, 9],
].map(([name, title, fileCount, sizeBytes, days]) => ({
  shareId: 'share-1',
  path: String(title),
  title: String(title),
  user: peer(String(name)),
  fileCount: Number(fileCount),
  sizeBytes: Number(sizeBytes),
  endedAt: Date.now() - Number(days) * DAY_MS,
}));

interface World {
  current(): EngineSnapshot;
  change(next: Partial<EngineSnapshot>): void;
}

/** Obeys on what is shown, and on nothing else. */
export function inventedSharing({ current, change }: World): Omit<CatalogCommands, 'download' | 'findHeld'> {
  const changeShares = (next: (share: ShareSnapshot) => Partial<ShareSnapshot> | null) =>
    change({
      shares: current().shares.flatMap((known) => {
        const changed = next(known);
        return changed ? [{ ...known, ...changed }] : [];
      }),
    });
  const changeOne = (shareId: string, next: Partial<ShareSnapshot> | null) =>
    changeShares((known) => (known.shareId === shareId ? next : {}));
  return {
    async share({ title, kind, audience, rules, files, handles }) {
      const count = Math.max(files.length, handles.length);
      const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0);
      const survivesReload = handles.length > 0;
      const shareId = crypto.randomUUID();
      const shown = { shareId, title, kind, audience, rules, totalBytes, survivesReload, createdAt: Date.now() };
      change({ shares: [...current().shares, sample({ ...shown, ...counted(count) })] });
      return shareId;
    },
    changeShare: async (shareId, next) => changeOne(shareId, next),
    rescanShare: async (shareId) => changeOne(shareId, { status: 'scanning' }),
    lockedShareHandles: async () => [],
    unlockShare: async (shareId) => changeOne(shareId, { status: 'listed' }),
    reconnectShare: async (shareId) => changeOne(shareId, { status: 'listed' }),
    stopSharing: async (shareId, path) => changeOne(shareId, path ? {} : null),
    stopSharingAll: async () => change({ shares: [] }),
    forgetEndedShares: async () => change({ endedShares: [] }),
    servedDownloads: async () => served,
    setServing: async (settings) => change({ serving: { ...current().serving, settings } }),
    async answerChange(transferId, answer) {
      const status = answer === 'fetch-new' ? 'fetching' : 'done';
      const transfers = current().transfers.map((known) =>
        known.transferId === transferId ? ({ ...known, status, problem: undefined } as typeof known) : known,
      );
      change({ transfers });
    },
  };
}
