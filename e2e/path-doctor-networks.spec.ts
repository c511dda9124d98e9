// What the connection check finds on networks that differ, with real routers, a real relay and real browsers: each
// verdict is what the transfers of nat-paths.spec.ts go through.
import { expect } from '@playwright/test';
import { ConnectionCheck, type Outcome } from './connection-check.ts';
import { test } from './lab/gather-test.ts';
import { Lab } from './lab/lab.ts';
import type { NatKind } from './lab/nat-kind.ts';
import type { Person } from './person.ts';

test.describe.configure({ timeout: 150_000 });

const home = (alice: NatKind) => Lab.sites({ alice, bob: 'cone' }, ['server', 'turn']);

async function finds(person: Person, verdict: RegExp, outcomes: Record<string, Outcome>): Promise<ConnectionCheck> {
  const check = await ConnectionCheck.open(person);
  await check.ends();
  await check.sees(outcomes);
  await expect(check.dialog).toContainText(verdict);
  return check;
}

test('a home and a relay: everything is open', async ({ gather }) => {
  const { alice } = await gather(home('cone'), { relay: ['udp', 'tcp', 'tls'] });
  const check = await finds(alice, /Everything is open.*mostly go straight.*the relay helps/s, {
    'Same network': 'Fine',
    'Seen from outside': 'Fine',
    'Address translation': 'Fine',
    UDP: 'Fine',
    Relay: 'Fine',
    'Relay over UDP': 'Fine',
    'Relay over TCP': 'Fine',
    'Relay over TLS': 'Fine',
    'Data through the relay': 'Fine',
  });
  await expect(check.step('Address translation')).toContainText('keeps one outer address');
});

test('a large office without a relay: only few elsewhere, and who can help', async ({ gather }) => {
  const { alice } = await gather(home('sym'));
  const check = await finds(alice, /Not everybody can be reached.*only few can be reached/s, {
    'Seen from outside': 'Fine',
    'Address translation': 'Wrong',
    UDP: 'Fine',
    Relay: 'Wrong',
  });
  await expect(check.step('Relay')).toContainText('What whoever runs this Ferry can do: Set up coturn');
});

test('a large office and a relay: everybody, with its help', async ({ gather }) => {
  const { alice } = await gather(home('sym'), { relay: ['udp'] });
  await finds(alice, /with the relay’s help/, {
    'Address translation': 'Worth knowing',
    'Relay over UDP': 'Fine',
    'Data through the relay': 'Fine',
  });
});

test('UDP is blocked: said so, with whom to ask, and that the relay carries it all', async ({ gather }) => {
  const { alice } = await gather(home('noudp'), { relay: ['udp', 'tcp'] });
  const check = await finds(alice, /with the relay’s help.*slower, since your network lets no UDP through/s, {
    'Seen from outside': 'Wrong',
    UDP: 'Wrong',
    Relay: 'Fine',
    'Relay over UDP': 'Worth knowing',
    'Relay over TCP': 'Fine',
    'Data through the relay': 'Fine',
  });
  await expect(check.step('UDP')).toContainText('What your network’s admin can do: Let UDP out');
});

test('a relay with another secret: its refusal is told apart from silence, to the user and to the admin', async ({
  gather,
}) => {
  const environment = { TURN_SECRET: 'not what the relay was told' };
  const { alice, bob } = await gather(home('cone'), { relay: ['udp', 'tcp'], environment });
  const check = await finds(alice, /Nearly everybody can be reached/, { Relay: 'Wrong', 'Relay over UDP': 'Wrong' });
  await expect(check.step('Relay')).toContainText('refused this device’s credentials');
  await expect(check.step('Relay')).toContainText('static-auth-secret');
  await check.close();
  // Whoever came first looks after Ferry.
  const section = (person: Person) => person.page.getByRole('button', { name: 'Check server' });
  await bob.goTo('Settings');
  await expect(bob.page.getByRole('heading', { name: 'Connection', exact: true })).toBeVisible();
  const admin = (await section(alice).isVisible()) ? alice : bob;
  await section(admin).click();
  const list = admin.page.getByRole('list', { name: 'What was found' });
  await expect(list).toContainText('does not take what TURN_SECRET signs', { timeout: 20_000 });
});

const office = () => {
  const lab = Lab.lan(['alice', 'bob', 'server']);
  lab.blockMdns();
  return lab;
};

test('one network that filters multicast: Ferry’s own STUN makes it sure that colleagues are reached', async ({
  gather,
}) => {
  const { alice } = await gather(office());
  const check = await finds(alice, /Files go straight to colleagues on your network\./, {
    'Seen from outside': 'Fine',
    'Address translation': 'Fine',
  });
  await expect(check.step('Address translation')).toContainText('the same address');
});

test('one network without any server: what a browser alone cannot know is not promised', async ({ gather }) => {
  const { alice } = await gather(office(), { environment: { STUN_PORT: '0' } });
  await finds(alice, /Only your own network can be reached.*if it lets devices find each other/s, {
    'Same network': 'Fine',
    'Seen from outside': 'Worth knowing',
  });
});
