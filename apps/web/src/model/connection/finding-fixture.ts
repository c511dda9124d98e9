// Findings of networks as they are, for tests and for the gallery: an office with everything open, and what differs
// elsewhere.
import type { Finding } from './finding.ts';

const STUN = 'stun:ferry.example.com:3478';
const RELAYS = [
  ['turn:relay.example.com:3478', 'udp'],
  ['turn:relay.example.com:3478?transport=tcp', 'tcp'],
  ['turns:relay.example.com:443', 'tls'],
] as const;

type StepFinding<Step extends Finding['step']> = Extract<Finding, { step: Step }>;
type Changes = { [Step in Finding['step']]?: Partial<StepFinding<Step>> };

/** Everything is open, but for what `changes` says of all findings of a step. */
export function findings(changes: Changes = {}): Finding[] {
  const office: Finding[] = [
    { step: 'page', isSecure: true },
    { step: 'server', outcome: 'ok', roundTripMs: 12.4 },
    { step: 'clock', aheadMs: 800 },
    {
      step: 'configuration',
      isKnown: true,
      stunUrls: [STUN],
      relayUrls: RELAYS.map(([url]) => url),
      isRelayOnly: false,
    },
    { step: 'permission', states: { 'local-network': 'granted' } },
    { step: 'host', outcome: 'ok', count: 2, families: ['ipv4', 'ipv6'], areHidden: true },
    { step: 'same-network', outcome: 'ok', roundTripMs: 0.9 },
    { step: 'stun', url: STUN, outcome: 'ok', outerAddress: '203.0.113.7:40123', errorCode: null, tookMs: 21 },
    { step: 'nat', mapping: 'endpoint-independent' },
    ...RELAYS.map(
      ([url, transport]): Finding => ({ step: 'relay', url, transport, outcome: 'ok', errorCode: null, tookMs: 45 }),
    ),
    { step: 'relayed-data', outcome: 'ok', url: RELAYS[0][0], roundTripMs: 31 },
  ];
  return office.map((finding) => ({ ...finding, ...changes[finding.step] }) as Finding);
}

/** No answer from any STUN server. */
export const silentStun: Changes = {
  stun: { outcome: 'silent', outerAddress: null, errorCode: 701, tookMs: 10_000 },
  nat: { mapping: 'unknown' },
};

/** Findings of a Ferry that names no relay. */
export function withoutRelay(changes: Changes = {}): Finding[] {
  return findings({
    'relayed-data': { outcome: 'skipped', url: null, roundTripMs: null },
    ...changes,
    configuration: { relayUrls: [], ...changes.configuration },
  }).filter(({ step }) => step !== 'relay');
}

/** A network that lets no UDP out; the relay is reached by other ways. */
export function udpBlocked(): Finding[] {
  return findings(silentStun).map((finding) =>
    finding.step === 'relay' && finding.transport === 'udp'
      ? { ...finding, outcome: 'silent', errorCode: 701, tookMs: 10_000 }
      : finding,
  );
}
