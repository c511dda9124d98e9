import { describe, expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { findings, silentStun, udpBlocked, withoutRelay } from './finding-fixture.ts';
import { verdictOf } from './verdict.ts';

const symmetric = { nat: { mapping: 'endpoint-dependent' } } as const;
const unresolved = { 'same-network': { outcome: 'failed', roundTripMs: null } } as const;
const silentRelay = { relay: { outcome: 'silent', errorCode: 701 }, 'relayed-data': { outcome: 'skipped' } } as const;
const refusingRelay = { ...silentRelay, relay: { outcome: 'refused', errorCode: 401 } } as const;
const deadRelay = { 'relayed-data': { outcome: 'failed', roundTripMs: null } } as const;
const relayOnly = { configuration: { isRelayOnly: true } };

describe('whom this device can reach', () => {
  test.each<[network: string, found: Finding[], tone: string, headline: string, own: string, others: string]>([
    ['everything open', findings(), 'fine', 'ready', 'likely', 'direct'],
    ['no translation', findings({ nat: { mapping: 'none' } }), 'fine', 'ready', 'direct', 'direct'],
    ['addresses in the open', findings({ host: { areHidden: false } }), 'fine', 'ready', 'direct', 'direct'],
    ['no relay', withoutRelay(), 'note', 'mostly', 'likely', 'directOnly'],
    ['a relay that does not answer', findings(silentRelay), 'note', 'mostly', 'likely', 'directOnly'],
    ['a relay that refuses', findings(refusingRelay), 'note', 'mostly', 'likely', 'directOnly'],
    ['a relay that forwards nothing', findings(deadRelay), 'note', 'mostly', 'likely', 'directOnly'],
    ['symmetric, a relay', findings(symmetric), 'note', 'byRelay', 'likely', 'relay'],
    ['symmetric, no relay', withoutRelay(symmetric), 'wrong', 'partly', 'likely', 'few'],
    [
      'symmetric, a relay that refuses',
      findings({ ...symmetric, ...refusingRelay }),
      'wrong',
      'partly',
      'likely',
      'few',
    ],
    ['one STUN server, a relay', findings({ nat: { mapping: 'unknown' } }), 'fine', 'ready', 'likely', 'either'],
    [
      'one STUN server, no relay',
      withoutRelay({ nat: { mapping: 'unknown' } }),
      'wrong',
      'partly',
      'likely',
      'uncertain',
    ],
    ['UDP blocked, a relay', udpBlocked(), 'note', 'byRelay', 'likely', 'slowRelay'],
    ['UDP blocked, no relay', withoutRelay(silentStun), 'wrong', 'ownOnly', 'likely', 'none'],
    ['STUN silent, a relay over UDP', findings(silentStun), 'note', 'byRelay', 'likely', 'relay'],
    ['names unresolved, a relay', findings(unresolved), 'note', 'byRelay', 'relay', 'direct'],
    ['names unresolved, no relay', withoutRelay(unresolved), 'wrong', 'partly', 'uncertain', 'directOnly'],
    [
      'names unresolved, STUN on the inside',
      findings({ ...unresolved, nat: { mapping: 'none' } }),
      'fine',
      'ready',
      'direct',
      'direct',
    ],
    [
      'names unresolved, nothing else',
      withoutRelay({ ...unresolved, ...silentStun }),
      'wrong',
      'nobody',
      'none',
      'none',
    ],
    [
      'no addresses, a relay',
      findings({ host: { outcome: 'none', count: 0 }, ...unresolved }),
      'note',
      'byRelay',
      'relay',
      'direct',
    ],
    ['relay only', findings(relayOnly), 'note', 'byRelay', 'relay', 'relay'],
  ])('%s', (_network, found, tone, headline, own, others) => {
    expect(verdictOf(found)).toEqual({ tone, headline, own, others });
  });

  test.each<[why: string, found: Finding[], headline: string]>([
    ['an insecure page', findings({ page: { isSecure: false } }), 'insecure'],
    ['no server', findings({ server: { outcome: 'silent', roundTripMs: null } }), 'serverSilent'],
    ['no socket', findings({ server: { outcome: 'no-socket', roundTripMs: null } }), 'serverSilent'],
    ['relay only, and none named', withoutRelay(relayOnly), 'relayOnlyWithoutRelay'],
    ['relay only, and it refuses', findings({ ...refusingRelay, ...relayOnly }), 'relayOnlyWithoutRelay'],
  ])('%s: nobody', (_why, found, headline) => {
    expect(verdictOf(found)).toEqual({ tone: 'wrong', headline });
  });
});
