// What I share on my other devices, device by device: those that are there first, then by when they were last here. Pure.
import type { ShareElsewhere } from '@ferry/shared';

export interface DeviceShares extends Pick<ShareElsewhere, 'deviceId' | 'deviceName' | 'isOnline' | 'lastSeenAt'> {
  /** By their names. */
  shares: ShareElsewhere[];
}

export function sharesByDevice(
  shares: readonly ShareElsewhere[],
  compare: (a: string, b: string) => number,
): DeviceShares[] {
  const devices = new Map<string, DeviceShares>();
  for (const share of shares) {
    const { deviceId, deviceName, isOnline, lastSeenAt } = share;
    const device = devices.get(deviceId) ?? { deviceId, deviceName, isOnline, lastSeenAt, shares: [] };
    device.shares.push(share);
    devices.set(deviceId, device);
  }
  for (const device of devices.values()) device.shares.sort((a, b) => compare(a.title, b.title));
  return [...devices.values()].sort(
    (a, b) => Number(b.isOnline) - Number(a.isOnline) || b.lastSeenAt - a.lastSeenAt || compare(a.deviceId, b.deviceId),
  );
}
