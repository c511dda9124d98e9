// Files that invented people keep for each other, in every state there is.
import type { StoredAt, StoredDetails } from '@ferry/shared';
import { health, stored, storedAt } from '../src/model/store/stored-fixture.ts';
import { peer } from './invented-people.ts';

const GROUPS = 24;
const DAY_MS = 86_400_000;
const me = { userId: 'me', username: 'Noor.Haddad' };
const november = Date.UTC(new Date().getFullYear(), 10, 3, 9);

/** Somebody who came late, or left for a while, keeps some groups alone. */
function holder(username: string, index: number, change: Partial<StoredAt> = {}): StoredAt {
  const isMine = username === me.username;
  const { userId } = isMine ? me : peer(username);
  return storedAt({
    userId,
    username,
    deviceId: `${userId}-0`,
    keptBytes: 475e6,
    columns: [{ index, firstGroup: 0, groupCount: GROUPS }],
    ...change,
  });
}
const runs = (index: number, ...spans: [number, number][]) =>
  spans.map(([firstGroup, groupCount]) => ({ index, firstGroup, groupCount }));

const eight = [
  holder(me.username, 0),
  holder('Grace.Okafor', 1, { columns: [...runs(1, [0, GROUPS]), ...runs(9, [6, 7])], keptBytes: 614e6 }),
  holder('Dara.Nguyen', 2),
  holder('Elif.Demir', 3, { columns: runs(3, [0, 8], [11, 13]), keptBytes: 415e6 }),
  holder('Chen.Wei', 4, { columns: [...runs(4, [0, GROUPS]), ...runs(8, [14, 10])], keptBytes: 673e6 }),
  holder('Ana.Petrova', 5, { columns: runs(5, [2, 17]), keptBytes: 336e6 }),
  holder('Bruno.Alves', 6, { deviceName: 'Rack 2', isAlwaysOn: true }),
  holder('Hugo.Laurent', 7, { isOnline: false }),
];
/** Counted as the server counts. */
function cellsOf(holders: readonly StoredAt[]) {
  return Array.from({ length: GROUPS }, (_, group) => {
    const keeping = holders.flatMap(({ isOnline, columns }) =>
      columns
        .filter(({ firstGroup, groupCount }) => firstGroup <= group && group < firstGroup + groupCount)
        .map(() => isOnline),
    );
    return { firstGroup: group, groupCount: 1, kept: keeping.length, online: keeping.filter(Boolean).length };
  });
}
function file(versionId: string, name: string, change: Partial<StoredDetails> = {}): StoredDetails {
  // Those above are of a file of 1.9 GB.
  const scale = (change.sizeBytes ?? 1.9e9) / 1.9e9;
  const holders = (change.holders ?? eight).map((at) => ({ ...at, keptBytes: at.keptBytes * scale }));
  return stored({
    versionId,
    name,
    owner: me,
    createdAt: november,
    groupCount: GROUPS,
    stripeCount: 1500,
    cells: cellsOf(holders),
    ...change,
    holders,
  });
}

const onlyAna = [holder('Ana.Petrova', 0, { keptBytes: 1.9e9, columns: runs(0, [0, 1]) })];
const away = eight.map((at, index) => ({ ...at, isOnline: index < 3 && index > 0 }));

export const safeFile = file('safe', 'Brand archive 2026.zip', {
  health: health({ spareOwners: 4 }),
  versionCount: 2,
  versions: [
    { versionId: 'safe', createdAt: november, sizeBytes: 1.9e9, status: 'safe' },
    { versionId: 'older', createdAt: november - 40 * DAY_MS, sizeBytes: 1.7e9, status: 'at-risk' },
  ],
});
export const everyFile: StoredDetails[] = [
  safeFile,
  file('video', 'All-hands recording.mp4', {
    mediaType: 'video/mp4',
    sizeBytes: 4.2e9,
    owner: peer('Dara.Nguyen'),
    expiresAt: Date.now() + 21 * DAY_MS,
  }),
  file('risk', 'customer-export.parquet', {
    sizeBytes: 780e6,
    owner: peer('Chen.Wei'),
    holders: eight.slice(0, 5),
    health: health({
      status: 'at-risk',
      spread: 0.7,
      kept: 5,
      online: 5,
      ownerCount: 5,
      onlineOwnerCount: 5,
      spareOwners: 1,
      missingOwners: 2,
      isBeingRepaired: true,
    }),
  }),
  file('only', 'Retention policy.pdf', {
    mediaType: 'application/pdf',
    sizeBytes: 2.1e6,
    code: { k: 1, n: 1 },
    groupCount: 1,
    stripeCount: 3,
    holders: onlyAna,
    cells: [{ firstGroup: 0, groupCount: 1, online: 1, kept: 1 }],
    health: health({
      status: 'at-risk',
      spread: 0.34,
      kept: 1,
      online: 1,
      needed: 1,
      ownerCount: 1,
      onlineOwnerCount: 1,
      spareOwners: 0,
      missingOwners: 2,
    }),
  }),
  file('spreading', 'render-cache.tar', {
    sizeBytes: 11.6e9,
    holders: eight.slice(0, 5).map((at) => ({ ...at, columns: at.columns.map((run) => ({ ...run, groupCount: 15 })) })),
    health: health({ status: 'spreading', spread: 0.64, kept: 0, online: 0, ownerCount: 5, missingOwners: 2 }),
  }),
  file('away', 'Board minutes, all years.zip', {
    owner: peer('Grace.Okafor'),
    sizeBytes: 310e6,
    holders: away,
    cells: cellsOf(away),
    health: health({ status: 'unfetchable', online: 3, kept: 8, onlineOwnerCount: 2, spareOwners: 4 }),
  }),
  file('lost', 'scratch.bin', {
    sizeBytes: 64e6,
    owner: peer('Hugo.Laurent'),
    holders: eight.slice(6),
    health: health({
      status: 'unfetchable',
      spread: 0.2,
      online: 1,
      kept: 2,
      ownerCount: 2,
      spareOwners: -1,
      missingOwners: 5,
    }),
  }),
  file('long', 'a-file-with-a-very-long-name-that-must-break-neither-the-list-nor-the-heading-of-its-details.tar.zst', {
    owner: peer('李伟'),
    sizeBytes: 93.4e9,
  }),
];

/** More than a page of the list. */
export const manyFiles = Array.from({ length: 400 }, (_, index) =>
  file(`many-${index}`, `Footage, day ${index + 1}.mov`, {
    mediaType: 'video/quicktime',
    sizeBytes: 2e9 + index * 7e6,
  }),
);
