// A stored file to vary in tests and in the gallery: safe, with eight people of whom seven are online.
import type { StoredAt, StoredDetails, StoreHealth } from '@ferry/shared';

export function health(change: Partial<StoreHealth> = {}): StoreHealth {
  return {
    status: 'safe',
    spread: 1,
    online: 9,
    kept: 10,
    needed: 4,
    ownerCount: 8,
    onlineOwnerCount: 7,
    spareOwners: 4,
    missingOwners: 0,
    isBeingRepaired: false,
    ...change,
  };
}

export function storedAt(change: Partial<StoredAt> = {}): StoredAt {
  return {
    userId: 'u1',
    username: 'Grace',
    deviceId: 'd1',
    deviceName: 'Chrome on Windows',
    isOnline: true,
    isAlwaysOn: false,
    keptBytes: 475_000_000,
    columns: [{ index: 0, firstGroup: 0, groupCount: 8 }],
    ...change,
  };
}

export function stored(change: Partial<StoredDetails> = {}): StoredDetails {
  return {
    versionId: 'v1',
    name: 'Brand archive 2026.zip',
    mediaType: 'application/zip',
    sizeBytes: 1_900_000_000,
    modifiedMs: 0,
    owner: { userId: 'me', username: 'Noor.Haddad' },
    createdAt: 0,
    expiresAt: null,
    code: { k: 4, n: 10 },
    versionCount: 1,
    health: health(),
    groupCount: 8,
    stripeCount: 453,
    holders: [storedAt()],
    cells: Array.from({ length: 8 }, (_, firstGroup) => ({ firstGroup, groupCount: 1, online: 9, kept: 10 })),
    versions: [],
    ...change,
  };
}
