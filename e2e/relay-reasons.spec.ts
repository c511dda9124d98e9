// Why a transfer goes through the relay, as each side is told in its details: by a wish, or by its network.
import { expect } from '@playwright/test';
import { test } from './lab/gather-test.ts';
import { Lab } from './lab/lab.ts';
import type { NatKind } from './lab/nat-kind.ts';
import type { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

test.describe.configure({ timeout: 150_000 });

const TITLE = 'plan.bin';
let samples: SampleFolder;
test.beforeAll(() => {
  samples = new SampleFolder();
});
test.afterAll(() => samples.delete());

const homes = (alice: NatKind, bob: NatKind) => Lab.sites({ alice, bob }, ['server', 'turn']);

/** A transfer that takes long enough for its details to be read. */
async function underWay(alice: Person, bob: Person): Promise<void> {
  await alice.seesOnline(bob);
  await alice.limit('Send at most', 0.5);
  await alice.send(samples.file(TITLE, 40_000_000).path, bob);
  await expect(bob.requestFrom(alice)).toBeVisible({ timeout: 20_000 });
  await bob.accept(alice);
  await bob.seesStatus(TITLE, 'fetching', 30_000);
}

async function isTold(person: Person, facts: Record<string, string | RegExp>): Promise<void> {
  const row = person.transfer(TITLE);
  const wire = row.getByRole('button', { name: 'Relayed' });
  await expect(wire).toBeVisible({ timeout: 20_000 });
  await wire.press('Enter');
  for (const [term, words] of Object.entries(facts)) {
    const definition = row.locator('dt', { hasText: term }).locator('+ dd');
    await expect(definition, `${person.username}: ${term}`).toHaveText(words);
  }
}

test('Relay only: whoever wished it is told so, and the other side that it is theirs', async ({ gather }) => {
  const { alice, bob, coturn } = await gather(homes('cone', 'cone'), { relay: ['udp'] });
  await alice.goTo('Settings');
  await alice.page.getByRole('switch', { name: 'Relay only' }).check();
  await alice.goTo('Send');
  await underWay(alice, bob);
  await isTold(alice, {
    'Your side': new RegExp(`^relay, ${coturn.address.replaceAll('.', '\\.')}:\\d+$`),
    Protocol: 'UDP, to the relay',
    'Round trip': /^\d+ ms$/,
    'Why relayed': 'Relay only is on in this browser’s settings.',
  });
  await isTold(bob, { 'Other side': /^relay/, 'Why relayed': `${alice.username}’s browser offers only a relay.` });
});

test('no UDP: the side that is to blame is told, by which way it reaches the relay', async ({ gather }) => {
  const { alice, bob } = await gather(homes('noudp', 'noudp'), { relay: ['udp', 'tcp'] });
  await underWay(alice, bob);
  await isTold(alice, { Protocol: 'TCP, to the relay', 'Why relayed': 'Your network lets no UDP through.' });
});

test('two strict routers: no direct path opened between them', async ({ gather }) => {
  const { alice, bob } = await gather(homes('sym', 'sym'), { relay: ['udp'] });
  await underWay(alice, bob);
  for (const person of [alice, bob])
    await isTold(person, { 'Why relayed': 'No direct path opened between your networks.' });
});
