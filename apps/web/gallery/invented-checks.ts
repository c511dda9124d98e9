// Networks and servers that do not exist, to be examined in the gallery. What is found comes one by one, as it does
// in truth, only faster.
import type { IceConfiguration, ServerReport } from '@ferry/shared';
import type { Finding } from '../src/model/connection/finding.ts';
import { findings, udpBlocked, withoutRelay } from '../src/model/connection/finding-fixture.ts';
import { serverCheck } from '../src/model/connection/server-check-fixture.ts';
import { useConnectionCheck } from '../src/stores/connection-check.ts';
import { usePreferences } from '../src/stores/preferences.ts';

const PAUSE_MS = 20;

export const everythingOpen = findings();
export const noUdp = udpBlocked();
export const symmetricWithoutRelay = withoutRelay({
  nat: { mapping: 'endpoint-dependent' },
  clock: { aheadMs: 240_000 },
  permission: { states: { 'local-network': 'denied' } },
  'same-network': { outcome: 'failed', roundTripMs: null },
});
/** Half way, and never further. */
export const endless = findings().slice(0, 7);

export async function* oneByOne(found: readonly Finding[]): AsyncGenerator<Finding> {
  for (const finding of found) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    yield finding;
  }
  if (found === endless) await new Promise(() => {});
}

export const withRelay: IceConfiguration = {
  iceServers: [
    { urls: ['stun:ferry.example.com:3478'] },
    { urls: ['turn:relay.example.com:3478'], username: 'nobody', credential: 'none' },
  ],
  expiresAt: null,
  probeUrls: [],
};
export const onlyStun: IceConfiguration = { ...withRelay, iceServers: withRelay.iceServers.slice(0, 1) };

export function mixedReport(): ServerReport {
  return {
    checkedAt: Date.now() - 150_000,
    version: '0.1.0',
    checks: [
      serverCheck('origin.ok'),
      serverCheck('proxy.ignored'),
      serverCheck('registration.open-to-all'),
      serverCheck('database.ok'),
      serverCheck('disk.ok'),
      serverCheck('backup.old'),
      serverCheck('stun.off'),
      serverCheck('relay.secret-refused'),
      serverCheck('relay.door-open'),
      serverCheck('relay.certificate-ending'),
    ],
  };
}

export function openCheck(): void {
  useConnectionCheck().isOpen = true;
}
/** The gallery shares its browser with nobody: what a scene sets, the next one must not find. */
export function setRelayOnly(isOn: boolean): void {
  usePreferences().isRelayOnly = isOn;
}
/** Presses the first button of that name, once it is there. */
export function press(name: string): void {
  const found = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === name);
  if (found) found.click();
  else setTimeout(press, 50, name);
}
