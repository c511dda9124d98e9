import { expect, test } from 'vitest';
import { BrowserServers } from '../testing/browser-servers.ts';
import { type ExaminePathsOptions, examinePaths } from './path-doctor.ts';
import type { PathFinding, PathStep } from './path-finding.ts';

/** A translator's address, as servers outside see it. */
const OUTSIDE = '203.0.113.7';

/** Every finding, after all connections are closed. */
async function examined(options: Omit<ExaminePathsOptions, 'createConnection'>): Promise<PathFinding[]> {
  const connections: RTCPeerConnection[] = [];
  const findings: PathFinding[] = [];
  for await (const finding of examinePaths({ ...options, createConnection: counted(connections) })) {
    findings.push(finding);
  }
  expect(stillOpen(connections)).toBe(0);
  return findings;
}

function counted(connections: RTCPeerConnection[]) {
  return (configuration: RTCConfiguration) => {
    const connection = new RTCPeerConnection(configuration);
    connections.push(connection);
    return connection;
  };
}

const stillOpen = (connections: RTCPeerConnection[]) =>
  connections.filter(({ signalingState }) => signalingState !== 'closed').length;
const only = <Step extends PathStep>(findings: PathFinding[], step: Step) =>
  findings.filter((finding): finding is Extract<PathFinding, { step: Step }> => finding.step === step);

test('without servers this device is examined, and the rest is unknown or skipped', async () => {
  const findings = await examined({ iceServers: [] });
  expect(findings.map(({ step }) => step)).toEqual(['host', 'same-network', 'nat', 'relayed-data']);
  expect(findings).toMatchObject([
    { outcome: 'ok', count: expect.any(Number), areHidden: true },
    { outcome: 'ok', roundTripMs: expect.any(Number) },
    { mapping: 'unknown' },
    { outcome: 'skipped', url: null },
  ]);
  expect(only(findings, 'host')[0]!.families).toContain('ipv4');
});

test('everything works: findings come in order, one for each server', async (context) => {
  const servers = new BrowserServers(context);
  const [stun, probe, relay] = await Promise.all([servers.stun(), servers.stun(), servers.relay()]);
  const findings = await examined({ iceServers: [{ urls: stun }, relay.server], probeUrls: [probe] });
  expect(findings).toMatchObject([
    { step: 'host' },
    { step: 'same-network' },
    { step: 'stun', url: stun, outcome: 'ok', outerAddress: expect.stringMatching(/^\d+(\.\d+){3}:\d+$/) },
    { step: 'stun', url: probe, outcome: 'ok' },
    { step: 'nat' },
    { step: 'relay', url: relay.url, transport: 'udp', outcome: 'ok', errorCode: null },
    { step: 'relay', url: `${relay.url}?transport=tcp`, transport: 'tcp', outcome: 'ok' },
    { step: 'relayed-data', outcome: 'ok', url: relay.url, roundTripMs: expect.any(Number) },
  ]);
});

test('two servers that see the same outer address: direct paths usually open', async (context) => {
  const servers = new BrowserServers(context);
  const urls = await Promise.all([1, 1].map((portOffset) => servers.stun({ address: OUTSIDE, portOffset })));
  const findings = await examined({ iceServers: [{ urls }] });
  expect(only(findings, 'nat')).toEqual([{ step: 'nat', mapping: 'endpoint-independent' }]);
  expect(only(findings, 'stun').every(({ outerAddress }) => outerAddress?.startsWith(OUTSIDE))).toBe(true);
});

test('two servers that see different ports: direct paths open only to others', async (context) => {
  const servers = new BrowserServers(context);
  const urls = await Promise.all([1, 2].map((portOffset) => servers.stun({ address: OUTSIDE, portOffset })));
  const findings = await examined({ iceServers: [{ urls: urls[0]! }], probeUrls: [urls[1]!] });
  expect(only(findings, 'nat')).toEqual([{ step: 'nat', mapping: 'endpoint-dependent' }]);
});

test('one server is not enough to tell', async (context) => {
  const stun = await new BrowserServers(context).stun({ address: OUTSIDE, portOffset: 1 });
  const findings = await examined({ iceServers: [{ urls: stun }] });
  expect(only(findings, 'nat')).toEqual([{ step: 'nat', mapping: 'unknown' }]);
});

test('servers that do not answer, that do not exist or that a browser does not take are silent', async (context) => {
  const stun = await new BrowserServers(context).stun();
  const silent = stun.replace(/\d+$/, '9');
  const findings = await examined({
    iceServers: [{ urls: [silent, 'stun:nowhere.invalid', 'stun:no port:x'] }, { urls: 'turn:no credentials' }],
    probeUrls: [stun],
  });
  expect(only(findings, 'stun').map(({ outcome }) => outcome)).toEqual(['silent', 'silent', 'silent', 'ok']);
  expect(only(findings, 'stun')[1]).toMatchObject({ errorCode: 701, outerAddress: null });
  expect(only(findings, 'relay')).toMatchObject([{ outcome: 'silent' }]);
  expect(findings.at(-1)).toMatchObject({ step: 'relayed-data', outcome: 'skipped' });
});

test('a relay that refuses says so, and the next one is used', async (context) => {
  const relay = await new BrowserServers(context).relay();
  const findings = await examined({
    iceServers: [
      { ...relay.server, urls: relay.url, credential: 'wrong' },
      { ...relay.server, urls: `${relay.url}?transport=tcp` },
    ],
  });
  expect(only(findings, 'relay')).toMatchObject([
    { outcome: 'refused', errorCode: 401 },
    { outcome: 'ok', errorCode: null },
  ]);
  expect(only(findings, 'relayed-data')).toMatchObject([{ outcome: 'ok', url: `${relay.url}?transport=tcp` }]);
});

test('whoever has seen enough may leave: everything is closed', async (context) => {
  const stun = await new BrowserServers(context).stun();
  const connections: RTCPeerConnection[] = [];
  const iceServers = [{ urls: [stun, stun.replace(/\d+$/, '9')] }];
  for await (const { step } of examinePaths({ iceServers, createConnection: counted(connections) })) {
    if (step === 'stun') break;
  }
  await expect.poll(() => stillOpen(connections)).toBe(0);
});

test('an examination that is aborted throws why, and everything is closed', async () => {
  const connections: RTCPeerConnection[] = [];
  const leaving = new AbortController();
  const findings = examinePaths({
    iceServers: [{ urls: 'stun:192.0.2.9' }],
    createConnection: counted(connections),
    signal: leaving.signal,
  });
  await findings.next();
  const next = findings.next();
  leaving.abort(new Error('the dialog was closed'));
  await expect(next).rejects.toThrow('the dialog was closed');
  expect(await findings.next()).toEqual({ done: true, value: undefined });
  expect(stillOpen(connections)).toBe(0);
});
