// What the findings say together, where no single one can: whether UDP gets out, and whether a relay can be used.
// Pure; `isDone` tells silence from not having been asked yet.
import type { NatMapping } from '@ferry/webrtc-core';
import { type Finding, findingOf, findingsOf } from './finding.ts';
import { isStunByUdp } from './ice-url.ts';

export type UdpState = 'open' | 'blocked' | 'unknown';
/** `none`: the server names no relay. */
export type RelayState = 'works' | 'fails' | 'none' | 'unknown';

/** Blocked when nothing that was asked by UDP answered, while the server itself does. */
export function udpState(findings: readonly Finding[], isDone: boolean): UdpState {
  const asked = [
    ...findingsOf(findings, 'stun').filter(({ url }) => isStunByUdp(url)),
    ...findingsOf(findings, 'relay').filter(({ transport }) => transport === 'udp'),
  ];
  if (asked.some(({ outcome }) => outcome !== 'silent')) return 'open';
  if (!isDone || asked.length === 0 || findingOf(findings, 'server')?.outcome === 'silent') return 'unknown';
  return 'blocked';
}

export function relayState(findings: readonly Finding[], isDone: boolean): RelayState {
  const configuration = findingOf(findings, 'configuration');
  if (configuration?.isKnown && configuration.relayUrls.length === 0) return 'none';
  const relays = findingsOf(findings, 'relay');
  if (findingOf(findings, 'relayed-data')?.outcome === 'failed') return 'fails';
  if (relays.some(({ outcome }) => outcome === 'ok')) return 'works';
  return isDone && relays.length > 0 ? 'fails' : 'unknown';
}

export function natMapping(findings: readonly Finding[]): NatMapping {
  return findingOf(findings, 'nat')?.mapping ?? 'unknown';
}

/** Some server saw this device from outside. */
export function isSeenFromOutside(findings: readonly Finding[]): boolean {
  return findingsOf(findings, 'stun').some(({ outcome }) => outcome === 'ok');
}
