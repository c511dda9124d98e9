// What the check finds about the way out of this network: how this device is seen, and whether UDP gets through.
import type { Concluded } from './conclude-device.ts';
import { fine, note, wrong } from './conclusion.ts';
import { isSeenFromOutside, natMapping, relayState, udpState } from './evidence.ts';
import { type Finding, findingOf, findingsOf } from './finding.ts';

export function concludeOutside(findings: readonly Finding[], isDone: boolean): Concluded {
  const configuration = findingOf(findings, 'configuration');
  if (configuration?.isKnown && configuration.stunUrls.length === 0) return note('noStun');
  const asked = findingsOf(findings, 'stun');
  const seen = asked.filter(({ outcome }) => outcome === 'ok');
  const address = seen.find(({ outerAddress }) => outerAddress)?.outerAddress;
  if (seen.length > 0) return fine('seenAs', { named: { address: address ?? '?' } });
  if (!isDone && !findingOf(findings, 'nat')) return null;
  if (asked.length === 0) return 'omitted';
  const refused = asked.find(({ outcome }) => outcome === 'refused');
  if (refused) return wrong('stunRefuses', { named: { code: refused.errorCode ?? '?' } });
  return wrong('stunSilent');
}

export function concludeTranslation(findings: readonly Finding[], isDone: boolean): Concluded {
  const found = findingOf(findings, 'nat');
  if (!found) return null;
  if (!isSeenFromOutside(findings)) return 'omitted';
  switch (natMapping(findings)) {
    case 'none':
      return fine('notTranslated');
    case 'endpoint-independent':
      return fine('translationSteady');
    case 'endpoint-dependent': {
      const relay = relayState(findings, isDone);
      if (relay === 'unknown') return isDone ? wrong('translationChanges') : null;
      return relay === 'works' ? note('translationChanges') : wrong('translationChanges');
    }
    case 'unknown':
      return note('translationUnknown');
  }
}

export function concludeUdp(findings: readonly Finding[], isDone: boolean): Concluded {
  switch (udpState(findings, isDone)) {
    case 'open':
      return fine('udpOpen');
    case 'blocked':
      return wrong('udpBlocked');
    case 'unknown':
      return isDone ? 'omitted' : null;
  }
}
