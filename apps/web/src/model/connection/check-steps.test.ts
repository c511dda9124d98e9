import { describe, expect, test } from 'vitest';
import { byUrgency, checkSteps } from './check-steps.ts';
import type { Finding } from './finding.ts';
import { findings, silentStun, udpBlocked, withoutRelay } from './finding-fixture.ts';

const codesOf = (found: Finding[], isDone = true) =>
  Object.fromEntries(
    checkSteps(found, isDone).map(({ id, conclusion }) => [id, conclusion && `${conclusion.tone}: ${conclusion.code}`]),
  );

test('everything open: every step is fine, in the order in which they are asked', () => {
  expect(Object.entries(codesOf(findings()))).toEqual([
    ['page', 'fine: secure'],
    ['server', 'fine: serverReached'],
    ['clock', 'fine: clockAgrees'],
    ['addresses', 'fine: addressesHidden'],
    ['permission', 'fine: permissionGranted'],
    ['sameNetwork', 'fine: sameNetworkWorks'],
    ['outside', 'fine: seenAs'],
    ['translation', 'fine: translationSteady'],
    ['udp', 'fine: udpOpen'],
    ['relay', 'fine: credentialsAccepted'],
    ['relayByUdp', 'fine: relayAnswers'],
    ['relayByTcp', 'fine: relayAnswers'],
    ['relayByTls', 'fine: relayAnswers'],
    ['relayedData', 'fine: dataArrives'],
  ]);
});

test('UDP is blocked when nothing answered by it while the server did', () => {
  expect(codesOf(udpBlocked())).toMatchObject({
    outside: 'wrong: stunSilent',
    udp: 'wrong: udpBlocked',
    relay: 'fine: credentialsAccepted',
    // The other ways will do.
    relayByUdp: 'note: relaySilent',
    relayByTcp: 'fine: relayAnswers',
  });
  expect(codesOf(udpBlocked())).not.toHaveProperty('translation');
});

test('of a check that is over, what is wrong comes first, then what is worth knowing', () => {
  const steps = byUrgency(checkSteps(udpBlocked(), true));
  expect(steps.slice(0, 4).map(({ id, conclusion }) => `${id} ${conclusion?.tone}`)).toEqual([
    'outside wrong',
    'udp wrong',
    'relayByUdp note',
    'page fine',
  ]);
});

describe('UDP is not said to be blocked', () => {
  test.each<[why: string, found: Finding[]]>([
    ['when a relay refused by it', findings({ ...silentStun, relay: { outcome: 'refused', errorCode: 401 } })],
    ['when the relay answered by it', findings(silentStun)],
  ])('%s', (_why, found) => expect(codesOf(found)).toMatchObject({ udp: 'fine: udpOpen' }));

  test.each<[why: string, found: Finding[]]>([
    ['when the server is silent, too', withoutRelay({ ...silentStun, server: { outcome: 'silent' } })],
    ['when nothing was asked by it', withoutRelay().filter(({ step }) => step !== 'stun')],
  ])('%s', (_why, found) => expect(codesOf(found)).not.toHaveProperty('udp'));
});

describe('the relay', () => {
  test.each<[what: string, found: Finding[], step: string, conclusion: string | undefined]>([
    ['none, and no need', withoutRelay(), 'relay', 'note: noRelay'],
    [
      'none, behind a symmetric router',
      withoutRelay({ nat: { mapping: 'endpoint-dependent' } }),
      'relay',
      'wrong: noRelay',
    ],
    ['none, and no UDP', withoutRelay(silentStun), 'relay', 'wrong: noRelay'],
    ['none, and relay only', withoutRelay({ configuration: { isRelayOnly: true } }), 'relay', 'wrong: noRelay'],
    ['401', findings({ relay: { outcome: 'refused', errorCode: 401 } }), 'relay', 'wrong: credentialsRefused'],
    ['486', findings({ relay: { outcome: 'refused', errorCode: 486 } }), 'relay', 'wrong: relayFull'],
    ['silent', findings({ relay: { outcome: 'silent', errorCode: 701 } }), 'relay', undefined],
    ['silent', findings({ relay: { outcome: 'silent', errorCode: 701 } }), 'relayByTls', 'wrong: relaySilent'],
    ['none', withoutRelay(), 'relayByTls', undefined],
    ['data lost', findings({ 'relayed-data': { outcome: 'failed' } }), 'relayedData', 'wrong: dataLost'],
  ])('%s: %4$s', (_what, found, step, conclusion) => expect(codesOf(found)[step]).toBe(conclusion));
});

describe('this device', () => {
  const asking = { states: { 'local-network-access': 'prompt' } } as const;
  test.each<[found: Finding[], step: string, conclusion: string | undefined]>([
    [findings({ page: { isSecure: false } }), 'page', 'wrong: insecure'],
    [findings({ server: { outcome: 'no-socket' } }), 'server', 'wrong: serverWithoutSocket'],
    [findings({ server: { roundTripMs: 1800 } }), 'server', 'note: serverSlow'],
    [findings({ clock: { aheadMs: 59_000 } }), 'clock', 'fine: clockAgrees'],
    [findings({ clock: { aheadMs: 300_000 } }), 'clock', 'note: clockBehind'],
    [findings({ clock: { aheadMs: -300_000 } }), 'clock', 'note: clockAhead'],
    [findings({ clock: { aheadMs: null } }), 'clock', undefined],
    [findings({ configuration: { isRelayOnly: true } }), 'policy', 'note: relayOnly'],
    [findings({ permission: { states: {} } }), 'permission', undefined],
    [findings({ permission: { states: { 'loopback-network': 'denied' } } }), 'permission', undefined],
    [findings({ permission: asking }), 'permission', 'fine: permissionUnasked'],
    [findings({ permission: asking, 'same-network': { outcome: 'failed' } }), 'permission', 'note: permissionAsks'],
    [findings({ permission: { states: { 'local-network': 'denied' } } }), 'permission', 'wrong: permissionDenied'],
    [findings({ host: { areHidden: false } }), 'addresses', 'fine: addressesShown'],
    [findings({ host: { outcome: 'none', count: 0 } }), 'addresses', 'wrong: noAddresses'],
    [findings({ 'same-network': { outcome: 'failed' } }), 'sameNetwork', 'wrong: sameNetworkFails'],
    [
      findings({ 'same-network': { outcome: 'failed' }, nat: { mapping: 'none' } }),
      'sameNetwork',
      'note: sameNetworkFails',
    ],
    [findings({ stun: { outcome: 'refused', errorCode: 400 } }), 'outside', 'wrong: stunRefuses'],
    [findings({ configuration: { stunUrls: [] } }), 'outside', 'note: noStun'],
    [findings({ nat: { mapping: 'none' } }), 'translation', 'fine: notTranslated'],
    [findings({ nat: { mapping: 'unknown' } }), 'translation', 'note: translationUnknown'],
    [findings({ nat: { mapping: 'endpoint-dependent' } }), 'translation', 'note: translationChanges'],
    [withoutRelay({ nat: { mapping: 'endpoint-dependent' } }), 'translation', 'wrong: translationChanges'],
  ])('case %#: %s', (found, step, conclusion) => expect(codesOf(found)[step]).toBe(conclusion));
});

describe('while it runs', () => {
  test('exactly one step is being checked, the next one, at every point of every run', () => {
    for (const all of [findings(), udpBlocked(), withoutRelay(), findings({ relay: { outcome: 'silent' } })]) {
      for (let count = 0; count < all.length; count++) {
        const steps = checkSteps(all.slice(0, count), false);
        const checking = steps.filter(({ conclusion }) => conclusion === null);
        expect(checking.length, `${count} findings`).toBe(1);
      }
    }
  });

  test('silence so far is no conclusion', () => {
    const found = udpBlocked();
    const untilStun = found.slice(
      0,
      found.findIndex(({ step }) => step === 'nat'),
    );
    expect(codesOf(untilStun, false)).toMatchObject({ sameNetwork: 'fine: sameNetworkWorks', outside: null });
    expect(codesOf(untilStun, false)).not.toHaveProperty('udp');
  });

  test('a way to the relay that the server does not name is not waited for', () => {
    const relayUrls = ['turn:relay.example.com:3478'];
    const found = findings({ configuration: { relayUrls } }).filter(
      (finding) => finding.step !== 'relayed-data' && (finding.step !== 'relay' || finding.transport === 'udp'),
    );
    expect(codesOf(found, false)).toMatchObject({ relayByUdp: 'fine: relayAnswers', relayedData: null });
    expect(codesOf(found, false)).not.toHaveProperty('relayByTls');
  });
});
