// What an invented person shares on other devices, and shared from here until they stopped it there.
import type { ShareElsewhere } from '@ferry/shared';
import type { EndedShare } from '../src/adapters/catalog-contract.ts';
import { shareElsewhere } from '../src/model/sharing/share-elsewhere-fixture.ts';
import type { OtherDevices } from '../src/services.ts';
import { peer } from './invented-people.ts';

const HOUR_MS = 3_600_000;
const LONG = 'a-folder-with-a-very-long-name-that-must-not-break-the-row-of-what-is-shared-elsewhere';
const lost = { lastSeenAt: Date.now() - 900 * HOUR_MS };
const tablet = { deviceId: 'tablet', deviceName: 'Edge on Android', isOnline: true, lastSeenAt: Date.now() };

export const elsewhere: readonly ShareElsewhere[] = [
  shareElsewhere(lost),
  shareElsewhere({
    ...lost,
    shareId: 'e2',
    title: 'Salary bands 2025.xlsx',
    kind: 'files',
    audience: { type: 'chosen', userIds: ['Grace.Okafor', 'Chen.Wei'].map((name) => peer(name).userId) },
    fileCount: 1,
    totalBytes: 41_000,
  }),
  shareElsewhere({ ...lost, shareId: 'e3', title: LONG, fileCount: 100_000, totalBytes: 4e12 }),
  shareElsewhere({ ...tablet, shareId: 'e4', title: 'Site photos', fileCount: 96, totalBytes: 810e6 }),
];

export const endedShares: EndedShare[] = [
  'Old drafts',
  'Contracts',
  'Scans',
  'Footage 2026',
  'Invoices',
  'Templates',
  LONG,
].map((title, index) => ({ shareId: `ended-${index}`, title, kind: 'folder', endedAt: Date.now() - index * HOUR_MS }));

export function inventedElsewhere(shares: readonly ShareElsewhere[] = []): OtherDevices {
  let current = [...shares];
  return {
    shares: async () => current,
    endShare: async (shareId) => {
      current = current.filter((share) => share.shareId !== shareId);
    },
    endSharesOn: async (deviceId) => {
      current = current.filter((share) => share.deviceId !== deviceId);
    },
  };
}
