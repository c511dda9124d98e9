// The relay itself: whom it sends to, and that what it relays outlives the credentials it was opened with.
import { expect } from '@playwright/test';
import { test } from './lab/gather-test.ts';
import { Lab } from './lab/lab.ts';
import { askForPeer } from './lab/turn-client.ts';
import { LongSend } from './long-send.ts';
import { SampleFolder } from './sample-files.ts';

test('the relay is no door into private networks', async ({ gather }) => {
  const lab = Lab.sites({ alice: 'cone', bob: 'sym' }, ['server', 'turn']);
  const { coturn } = await gather(lab, { relay: ['udp'] });
  const alice = lab.host('alice');
  // Somebody on the public network may be written to, so that a refusal is about the address.
  expect(await askForPeer(alice, coturn, lab.host('server').address)).toBe('success');
  for (const peer of [alice.address, '10.0.0.1', '172.16.0.1', '100.64.0.1', '127.0.0.1', '169.254.169.254'])
    expect(await askForPeer(alice, coturn, peer), peer).toBe('403');
});

test('a relayed transfer outlives the nonce and its credentials', async ({ gather, diary }) => {
  test.setTimeout(180_000);
  const samples = new SampleFolder();
  const file = samples.file('report.bin', 36_000_000);
  const lab = Lab.sites({ alice: 'sym', bob: 'sym' }, ['server', 'turn']);
  const { alice, bob, coturn } = await gather(lab, {
    relay: ['udp'],
    // Allocations as short as this make the browser prove itself again after half a minute, not after nine.
    relayLines: ['stale-nonce=20', 'max-allocate-lifetime=60'],
    environment: { TURN_TTL_S: '20' },
  });
  await alice.limit('Send at most', 0.6);
  const startedMs = Date.now();
  const send = await LongSend.underWay(alice, bob, file);
  await send.movesBeyond(70, 60_000);
  await send.goesBy('relayed');
  expect(Date.now() - startedMs).toBeGreaterThan(40_000);
  expect(coturn.log.includes('error 438: Stale nonce')).toBe(true);
  const before = coturn.usernames;
  // New allocations take new credentials, on both sides: the old ones have ended.
  lab.router('bob').changeAddress();
  diary.note('lab', 'another address outside');
  await send.movesOn(30_000, 5);
  await alice.limit('Send at most', null);
  await send.arrives({ faults: 1 });
  const fresh = coturn.usernames.filter((username) => !before.includes(username));
  expect(new Set(fresh.map((username) => username.replace(/^\d+:/, ''))).size).toBe(2);
  // Nobody tried with credentials that had ended, neither who restarted ICE nor who answered that.
  expect(coturn.log).not.toMatch(/user <\d+:.*error 401/);
  samples.delete();
});

test('whoever wants the relay only tells nobody where they are', async ({ gather }) => {
  test.setTimeout(120_000);
  const samples = new SampleFolder();
  const file = samples.file('plan.bin', 4_000_000);
  // Between these two a direct path would open.
  const lab = Lab.sites({ alice: 'cone', bob: 'cone' }, ['server', 'turn']);
  const { alice, bob } = await gather(lab, { relay: ['udp'] });
  await alice.goTo('Settings');
  await alice.page.getByLabel('Relay only').check();
  const said: string[] = [];
  alice.page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => said.push(payload.toString()));
  });
  await alice.page.goto(new URL('/', alice.page.url()).href);
  await alice.seesOnline(bob);
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await bob.seesStatus('plan.bin', 'done', 30_000);
  for (const person of [alice, bob]) await expect(person.transfer('plan.bin')).toHaveAttribute('data-route', 'relayed');
  const words = said.join('\n');
  expect(words).toContain('typ relay');
  for (const hidden of ['typ host', 'typ srflx', lab.host('alice').address, lab.router('alice').address])
    expect(words.includes(hidden), hidden).toBe(false);
  await bob.goTo('Receive');
  expect(await bob.save('plan.bin')).toBe(file.sha256);
  samples.delete();
});
