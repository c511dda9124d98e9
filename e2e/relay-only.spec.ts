// Somebody who lets nobody learn their addresses, while the relay that would take their place is away.
import { expect, test } from '@playwright/test';
import { type FerryServer, startFerry } from './ferry-server.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

/** What a person is told within this time, whatever it is. */
const WORDS_WITHIN_MS = 20_000;

let server: FerryServer;
let samples: SampleFolder;
let alice: Person;
let bob: Person;

test.beforeAll(async () => {
  samples = new SampleFolder();
  // Nobody listens there: the relay's machine is up, and the relay is not.
  server = await startFerry({ TURN_URLS: 'turn:127.0.0.1:9?transport=tcp', TURN_SECRET: 'a secret for this test' });
  [alice, bob] = await Promise.all([Person.join('alice', server), Person.join('bob', server)]);
  await alice.seesOnline(bob);
});

test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close()]);
  await server.dispose();
  samples.delete();
});

async function relayOnly(person: Person, isOn: boolean): Promise<void> {
  await person.goTo('Settings');
  await person.page.getByRole('switch', { name: 'Relay only' }).setChecked(isOn);
  await person.goTo('Send');
}

test('a send ends in words, and trying again without that wish delivers it', async () => {
  await relayOnly(alice, true);
  const { path, sha256 } = samples.file('private.bin', 3_000_000);
  await alice.send(path, bob);
  await alice.seesStatus('private.bin', 'failed', WORDS_WITHIN_MS);
  await expect(alice.transfer('private.bin')).toContainText('no relay could be used from here');
  await expect(bob.requestFrom(alice)).toHaveCount(0);

  await relayOnly(alice, false);
  await alice.press('private.bin', 'Try again');
  await bob.accept(alice);
  await bob.seesStatus('private.bin', 'done');
  await bob.goTo('Receive');
  expect(await bob.save('private.bin')).toBe(sha256);
});

test('a transfer under way leaves its direct path, waits in words on both sides, and goes on by itself', async () => {
  await bob.goTo('Send');
  await alice.limit('Send at most', 4);
  const { path, sha256 } = samples.file('long.bin', 60_000_000);
  await alice.send(path, bob);
  await bob.accept(alice);
  await bob.seesUnderWay('long.bin');

  await relayOnly(alice, true);
  const words = /No direct path between you and \S+, and no relay can be used from here\. It keeps trying/;
  for (const person of [alice, bob]) {
    await person.seesStatus('long.bin', 'stalled');
    await expect(person.transfer('long.bin')).toContainText(/keeps trying/, { timeout: WORDS_WITHIN_MS });
  }
  await expect(alice.transfer('long.bin')).toContainText(words);
  const held = await bob.percent('long.bin');

  await relayOnly(alice, false);
  await alice.seesStatus('long.bin', 'serving');
  await expect(alice.transfer('long.bin')).not.toContainText(/keeps trying/);
  expect(await bob.percent('long.bin')).toBeGreaterThanOrEqual(held);
  await alice.limit('Send at most', null);
  await bob.seesStatus('long.bin', 'done', 60_000);
  await bob.goTo('Receive');
  expect(await bob.save('long.bin')).toBe(sha256);
});
