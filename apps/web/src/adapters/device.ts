// Which device this is: an id kept by this browser profile for each account, and a name people recognise.
import type { DeviceId, UserId } from '@ferry/shared';

/** The same for all tabs of a profile, until its storage is cleared. */
export function deviceIdOf(userId: UserId): DeviceId {
  const key = `ferry.device.${userId}`;
  const known = localStorage.getItem(key);
  if (known) return known;
  const deviceId = crypto.randomUUID();
  localStorage.setItem(key, deviceId);
  return deviceId;
}

/** "Chromium on Linux", as far as the browser tells. */
export function deviceName(): string {
  const { userAgent } = navigator;
  const browsers: [RegExp, string][] = [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ];
  const systems: [RegExp, string][] = [
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/CrOS/, 'ChromeOS'],
    [/Linux/, 'Linux'],
  ];
  const first = (choices: [RegExp, string][]) => choices.find(([pattern]) => pattern.test(userAgent))?.[1];
  return `${first(browsers) ?? 'Browser'} on ${first(systems) ?? 'an unknown system'}`;
}
