// What the check finds about this device and its way to the server. Each returns null as long as it cannot be told,
// and `omitted` where there is nothing to tell.
import { deviceClock } from './clock-skew.ts';
import { type Conclusion, fine, note, wrong } from './conclusion.ts';
import { natMapping } from './evidence.ts';
import { type Finding, type FindingOf, findingOf } from './finding.ts';

/** Slower than this, offers and answers are late, and a path takes seconds to open. */
const SLOW_MS = 1000;

export type Concluded = Conclusion | 'omitted' | null;

export function concludePage(findings: readonly Finding[]): Concluded {
  const found = findingOf(findings, 'page');
  if (!found) return null;
  return found.isSecure ? fine('secure') : wrong('insecure');
}

export function concludeServer(findings: readonly Finding[]): Concluded {
  const found = findingOf(findings, 'server');
  if (!found) return null;
  if (found.outcome === 'silent') return wrong('serverSilent');
  if (found.outcome === 'no-socket') return wrong('serverWithoutSocket');
  const named = { ms: Math.round(found.roundTripMs ?? 0) };
  return named.ms > SLOW_MS ? note('serverSlow', { named }) : fine('serverReached', { named });
}

export function concludeClock(findings: readonly Finding[]): Concluded {
  const found = findingOf(findings, 'clock');
  if (!found) return null;
  if (found.aheadMs === null) return 'omitted';
  const { is, minutes } = deviceClock(found.aheadMs);
  if (is === 'right') return fine('clockAgrees');
  return note(is === 'behind' ? 'clockBehind' : 'clockAhead', { count: minutes });
}

export function concludePolicy(findings: readonly Finding[]): Concluded {
  const found = findingOf(findings, 'configuration');
  if (!found) return null;
  return found.isRelayOnly ? note('relayOnly') : 'omitted';
}

export function concludePermission(findings: readonly Finding[], isDone: boolean): Concluded {
  const found = findingOf(findings, 'permission');
  const tried = findingOf(findings, 'same-network');
  if (!found || (!tried && !isDone)) return null;
  // The other one is about programs on this very device.
  const states = [found.states['local-network'], found.states['local-network-access']];
  if (states.includes('denied')) return wrong('permissionDenied');
  // Browsers that know it do not ask for it in every case.
  if (states.includes('prompt')) return tried?.outcome === 'ok' ? fine('permissionUnasked') : note('permissionAsks');
  return states.includes('granted') ? fine('permissionGranted') : 'omitted';
}

export function concludeAddresses(findings: readonly Finding[]): Concluded {
  const found = findingOf(findings, 'host');
  if (!found) return null;
  if (found.outcome === 'none') return wrong('noAddresses');
  return fine(found.areHidden ? 'addressesHidden' : 'addressesShown', {
    named: { families: familiesOf(found) },
    count: found.count,
  });
}

function familiesOf({ families }: FindingOf<'host'>): string {
  return families.map((family) => (family === 'ipv4' ? 'IPv4' : 'IPv6')).join(', ');
}

export function concludeSameNetwork(findings: readonly Finding[], isDone: boolean): Concluded {
  const found = findingOf(findings, 'same-network');
  if (!found) return null;
  if (found.outcome === 'skipped') return 'omitted';
  if (found.outcome === 'ok') return fine('sameNetworkWorks');
  if (!isDone && !findingOf(findings, 'nat')) return null;
  // A STUN server that sees the inner address tells it to the others, and no name need be resolved.
  return natMapping(findings) === 'none' ? note('sameNetworkFails') : wrong('sameNetworkFails');
}
