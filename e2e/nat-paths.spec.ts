// Which path the bytes take between two people, network by network: the way the page tells is the way the browser
// uses, and what arrives is what was sent.
import { expect } from '@playwright/test';
import { test } from './lab/gather-test.ts';
import { Lab } from './lab/lab.ts';
import type { NatKind } from './lab/nat-kind.ts';
import { type SelectedPair, selectedPair } from './lab/selected-pair.ts';
import type { Person } from './person.ts';
import { type SampleFile, SampleFolder } from './sample-files.ts';

const TITLE = 'plan.bin';
const NO_STUN = { STUN_PORT: '0' };

let samples: SampleFolder;
let file: SampleFile;
test.beforeAll(() => {
  samples = new SampleFolder();
  file = samples.file(TITLE, 4_000_000);
});
test.afterAll(() => samples.delete());
test.describe.configure({ timeout: 90_000 });

const office = () => Lab.lan(['alice', 'bob', 'server']);
const homes = (alice: NatKind, bob: NatKind) => Lab.sites({ alice, bob }, ['server', 'turn']);

/** Alice sends, Bob accepts and saves; both pages name the same route. */
async function crosses(alice: Person, bob: Person, route: 'lan' | 'direct' | 'relayed'): Promise<void> {
  await alice.seesOnline(bob);
  await alice.send(file.path, bob);
  await expect(bob.requestFrom(alice)).toBeVisible({ timeout: 20_000 });
  await bob.accept(alice);
  await bob.seesStatus(TITLE, 'done', 30_000);
  await alice.seesStatus(TITLE, 'done');
  for (const person of [alice, bob]) await expect(person.transfer(TITLE)).toHaveAttribute('data-route', route);
  await bob.goTo('Receive');
  expect(await bob.save(TITLE)).toBe(file.sha256);
}

/** Alice's file finds no way, and before anybody tires of waiting her page says what is missing. */
async function isToldWhy(alice: Person, bob: Person): Promise<void> {
  await alice.seesOnline(bob);
  await alice.send(file.path, bob);
  const row = alice.transfer(TITLE);
  await expect(row).toContainText(/no relay/i, { timeout: 20_000 });
  await expect(row).toHaveAttribute('data-status', 'failed');
  await expect(row).toHaveAttribute('data-route', 'offline');
  await expect(bob.requestFrom(alice)).toBeHidden();
}

/** The pair in use, as each of the two browsers sees it. */
async function pairs(alice: Person, bob: Person): Promise<SelectedPair[]> {
  return [await selectedPair(alice.page), await selectedPair(bob.page)];
}

test('one network without any server: from computer to computer', async ({ gather }) => {
  const { alice, bob } = await gather(office(), { environment: NO_STUN });
  await crosses(alice, bob, 'lan');
  expect((await pairs(alice, bob)).map(({ local }) => local.candidateType)).toEqual(['host', 'host']);
});

test('one network that filters multicast: Ferry’s own STUN makes the addresses known', async ({ gather }) => {
  const lab = office();
  lab.blockMdns();
  const { alice, bob } = await gather(lab);
  await crosses(alice, bob, 'lan');
  const addresses = [lab.host('alice').address, lab.host('bob').address];
  const known = (await pairs(alice, bob)).map(({ remote }) => remote.address).filter(Boolean);
  expect(known).not.toEqual([]);
  for (const address of known) expect(addresses).toContain(address);
});

test('one network that filters multicast, without any server: the sender is told', async ({ gather }) => {
  const lab = office();
  lab.blockMdns();
  const { alice, bob } = await gather(lab, { environment: NO_STUN });
  await isToldWhy(alice, bob);
});

test('two homes: straight through both routers', async ({ gather }) => {
  const { alice, bob } = await gather(homes('cone', 'cone'), { relay: ['udp'] });
  await crosses(alice, bob, 'direct');
  expect((await pairs(alice, bob)).map(({ local }) => local.candidateType)).toEqual(['srflx', 'srflx']);
});

test('an open home and a large office: straight, from a port that nobody knew before', async ({ gather }) => {
  const { alice, bob } = await gather(homes('full', 'sym'));
  await crosses(alice, bob, 'direct');
  expect((await pairs(alice, bob)).map(({ local }) => local.candidateType)).toEqual(['srflx', 'prflx']);
});

test('two large offices: over the relay', async ({ gather }) => {
  const { alice, bob } = await gather(homes('sym', 'sym'), { relay: ['udp', 'tcp', 'tls'] });
  await crosses(alice, bob, 'relayed');
  const relayed = (await pairs(alice, bob)).filter(({ local }) => local.candidateType === 'relay');
  expect(relayed).not.toEqual([]);
  for (const { local } of relayed) expect(local.relayProtocol).toBe('udp');
});

test('two large offices without a relay: the sender is told', async ({ gather }) => {
  const { alice, bob } = await gather(homes('sym', 'sym'));
  await isToldWhy(alice, bob);
});

test('UDP is blocked: over the relay, by TCP', async ({ gather }) => {
  const { alice, bob } = await gather(homes('noudp', 'noudp'), { relay: ['udp', 'tcp'] });
  await crosses(alice, bob, 'relayed');
  for (const { local } of await pairs(alice, bob))
    expect(local).toMatchObject({ candidateType: 'relay', relayProtocol: 'tcp' });
});

test('nothing but TLS gets out: over the relay, by TLS', async ({ gather }) => {
  const { alice, bob } = await gather(homes('tls-only', 'tls-only'), { relay: ['udp', 'tcp', 'tls'] });
  await crosses(alice, bob, 'relayed');
  for (const { local } of await pairs(alice, bob))
    expect(local).toMatchObject({ candidateType: 'relay', relayProtocol: 'tls' });
});
