// What the check finds about the relay: whether there is one, whether it takes this device's credentials, by which
// ways it is reached, and whether it forwards.
import type { Concluded } from './conclude-device.ts';
import { fine, note, wrong } from './conclusion.ts';
import { natMapping, relayState, udpState } from './evidence.ts';
import { type Finding, findingOf, findingsOf } from './finding.ts';
import { type RelayTransport, relayTransport } from './ice-url.ts';

/** STUN error codes of RFC 8656: who may not, and who may not any more. */
const UNAUTHORIZED = 401;
const FULL = [486, 508];

export function concludeCredentials(findings: readonly Finding[], isDone: boolean): Concluded {
  if (relayState(findings, isDone) === 'none')
    return isRelayNeeded(findings, isDone) ? wrong('noRelay') : note('noRelay');
  const relays = findingsOf(findings, 'relay');
  if (relays.some(({ outcome }) => outcome === 'ok')) return fine('credentialsAccepted');
  const codes = relays.map(({ errorCode }) => errorCode ?? 0);
  if (codes.includes(UNAUTHORIZED)) return wrong('credentialsRefused');
  if (codes.some((code) => FULL.includes(code))) return wrong('relayFull');
  return isDone ? 'omitted' : null;
}

function isRelayNeeded(findings: readonly Finding[], isDone: boolean): boolean {
  const isRelayOnly = findingOf(findings, 'configuration')?.isRelayOnly ?? false;
  return isRelayOnly || natMapping(findings) === 'endpoint-dependent' || udpState(findings, isDone) === 'blocked';
}

/** One way to the relay. */
export function concludeRelayBy(transport: RelayTransport) {
  return (findings: readonly Finding[], isDone: boolean): Concluded => {
    const asked = findingsOf(findings, 'relay').filter((finding) => finding.transport === transport);
    const answered = asked.find(({ outcome }) => outcome === 'ok');
    if (answered) return fine('relayAnswers', { named: { ms: Math.round(answered.tookMs) } });
    if (!isNamed(findings, transport)) return 'omitted';
    const relay = relayState(findings, isDone);
    if (asked.length === 0 || relay === 'unknown') return isDone ? 'omitted' : null;
    // One way is enough.
    const trouble = relay === 'works' ? note : wrong;
    const refused = asked.find(({ outcome }) => outcome === 'refused');
    return refused ? trouble('relayRefuses', { named: { code: refused.errorCode ?? '?' } }) : trouble('relaySilent');
  };
}

function isNamed(findings: readonly Finding[], transport: RelayTransport): boolean {
  return findingOf(findings, 'configuration')?.relayUrls.some((url) => relayTransport(url) === transport) ?? true;
}

export function concludeRelayedData(findings: readonly Finding[]): Concluded {
  const found = findingOf(findings, 'relayed-data');
  if (!found) return null;
  if (found.outcome === 'skipped') return 'omitted';
  if (found.outcome === 'failed') return wrong('dataLost');
  return fine('dataArrives', { named: { ms: Math.round(found.roundTripMs ?? 0) } });
}
