// Devices as they are found content by content, put together: each once, with what it has by the same shares in one group.
// Pure; knows not who may see what.
import type { OwnedShare } from '@ferry/shared';
import type { CatalogDevice, FetchableDevice, HeldByShares } from '../catalog-index.ts';

interface Found {
  device: FetchableDevice;
  byShares: Map<string, HeldByShares>;
}

export class FoundDevices {
  readonly #devices = new Map<string, Found>();

  /** It has this content, as it is in all of these shares. */
  add({ userId, deviceId, shares }: CatalogDevice & { shares: OwnedShare[] }, contentId: string): void {
    const found: Found = this.#devices.get(deviceId) ?? { device: { userId, deviceId, has: [] }, byShares: new Map() };
    this.#devices.set(deviceId, found);
    const key = shares.map(({ shareId }) => shareId).join(' ');
    const known = found.byShares.get(key);
    if (known) return void known.contentIds.push(contentId);
    const group = { shares, contentIds: [contentId] };
    found.byShares.set(key, group);
    found.device.has.push(group);
  }

  /** Those with the most of it. */
  mostFirst(limit: number): FetchableDevice[] {
    const devices = [...this.#devices.values()].map(({ device }) => device);
    return devices.sort((one, other) => contentCount(other) - contentCount(one)).slice(0, limit);
  }
}

function contentCount({ has }: FetchableDevice): number {
  return has.reduce((sum, { contentIds }) => sum + contentIds.length, 0);
}
