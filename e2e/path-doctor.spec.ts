// The connection check and the server check, on one computer: how they are opened, read and copied. What they find on
// networks that differ is tested in path-doctor-networks.spec.ts.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { ConnectionCheck } from './connection-check.ts';
import { type FerryServer, startFerry } from './ferry-server.ts';
import { keepConnections } from './lab/selected-pair.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

test.describe.configure({ timeout: 120_000 });

let server: FerryServer;
let samples: SampleFolder;
/** The first one here, so the one who looks after Ferry. */
let admin: Person;
let bob: Person;

test.beforeAll(async () => {
  samples = new SampleFolder();
  server = await startFerry({ STUN_PORT: `${await freeUdpPort()}` });
  admin = await Person.join('admin', server);
  bob = await Person.join('bob', server);
});
test.afterAll(async () => {
  await Promise.all([admin.close(), bob.close()]);
  await server.dispose();
  samples.delete();
});

test('from Settings by keyboard: every step ends, and the verdict says whom this device can reach', async () => {
  const check = await ConnectionCheck.open(bob);
  await expect(check.dialog).toContainText('Checking…');
  await expectAccessible(bob.page, 'connection check, running');
  await check.ends();
  await check.sees({
    'Secure page': 'Fine',
    Server: 'Fine',
    Clock: 'Fine',
    'Addresses of this device': 'Fine',
    'Same network': 'Fine',
    'Seen from outside': 'Fine',
    UDP: 'Fine',
    Relay: 'Worth knowing',
  });
  await expect(check.step('Relay')).toContainText('What whoever runs this Ferry can do: Set up coturn');
  await expect(check.dialog).toContainText('Files go straight to colleagues on your network.');
  await expectAccessible(bob.page, 'connection check, over');
  await check.close();
  await expect(bob.page.getByRole('button', { name: 'Check connection' })).toBeFocused();
});

test('copied by keyboard, the report is all a help desk needs, and nothing it must not have', async () => {
  const { path } = samples.file('secret-plans.bin', 1000);
  await bob.goTo('Send');
  await bob.page.getByLabel('Add files').setInputFiles(path);
  const check = await ConnectionCheck.open(bob);
  await check.ends();
  const text = await check.copiedText();
  expect(text).toMatch(
    new RegExp(`^Connection check: Ferry \\d+\\.\\d+\\.\\d+, ${server.url}\n\\d{4}-\\d\\d-\\d\\dT.*Z\n`),
  );
  expect(text).toContain('Chrome/');
  expect(text).toContain('[Fine] Same network: ');
  const found = text.split('\n').filter((line) => line.startsWith('{'));
  expect(found.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ step: 'stun', outcome: 'ok', outerAddress: expect.stringMatching(/^[\d.]+:\d+$/) }),
  );
  expect(text).not.toContain('secret-plans');
  expect(text).not.toContain('credential"');
  await check.close();
});

test('checked again, it starts from the beginning; closed, it holds no connection open', async () => {
  const carol = await Person.open('carol', server);
  await keepConnections(carol.page);
  await carol.register();
  const check = await ConnectionCheck.open(carol);
  await check.ends();
  await check.dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(check.dialog).toContainText('Checking…');
  await expect(check.step('Secure page')).toBeVisible();
  await check.close();
  const states = () =>
    carol.page.evaluate(() =>
      (window as never as KeptConnections).labConnections.map(({ signalingState }) => signalingState),
    );
  expect((await states()).length).toBeGreaterThan(5);
  await expect.poll(async () => new Set(await states())).toEqual(new Set(['closed']));
  await carol.close();
});

test('without the server it says so, and what can be found out without it', async () => {
  const dave = await Person.join('dave', server);
  const check = await ConnectionCheck.open(dave);
  await check.ends();
  await server.stop();
  await check.dialog.getByRole('button', { name: 'Check again' }).click();
  await check.ends();
  await check.sees({ Server: 'Wrong', 'Addresses of this device': 'Fine', 'Same network': 'Fine' });
  await expect(check.dialog).toContainText('Nobody can be reached now');
  await server.start();
  await check.dialog.getByRole('button', { name: 'Check again' }).click();
  await check.ends();
  await check.sees({ Server: 'Fine' });
  await dave.close();
});

test('Relay only cannot be turned on where there is no relay, and says why', async () => {
  await bob.goTo('Settings');
  await expect(bob.page.getByText('This Ferry has no relay, so it cannot be turned on.')).toBeVisible();
  await expect(bob.page.getByRole('switch', { name: 'Relay only' })).toBeDisabled();
});

test('an admin sees the server check, with what to do, and copies it; others do not', async () => {
  await bob.goTo('Settings');
  await expect(bob.page.getByRole('heading', { name: 'Connection', exact: true })).toBeVisible();
  await expect(bob.page.getByRole('heading', { name: 'Server check' })).toBeHidden();

  const { page, profile } = admin;
  await admin.goTo('Settings');
  await page.getByRole('button', { name: 'Check server' }).click();
  const list = page.getByRole('list', { name: 'What was found' });
  await expect(list).toBeVisible({ timeout: 20_000 });
  const relay = list.getByRole('listitem').filter({ hasText: 'TURN_URLS is empty' });
  await expect(relay).toContainText('Worth knowing');
  await expect(relay).toContainText('What to do: Set up coturn');
  await expect(list.getByRole('listitem').filter({ hasText: 'Clock' })).toContainText('agrees');
  await expect(list.getByRole('listitem').filter({ hasText: 'Database' })).toContainText('Fine');
  await expectAccessible(page, 'server check');
  await profile.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as text' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^Server check: Ferry \d/);
  expect(text).toContain('\n{"code":"relay.none","outcome":"warning"}\n');
});

test('the route of a transfer opens its connection by keyboard: both ends, protocol and round trip', async () => {
  await admin.goTo('Send');
  await bob.goTo('Send');
  await admin.seesOnline(bob);
  await admin.limit('Send at most', 1);
  await admin.send(samples.file('plan.bin', 30_000_000).path, bob);
  await bob.accept(admin);
  await bob.seesUnderWay('plan.bin');
  const row = bob.transfer('plan.bin');
  const wire = row.getByRole('button', { name: 'Same network' });
  await wire.focus();
  await bob.page.keyboard.press('Enter');
  await expect(wire).toHaveAttribute('aria-expanded', 'true');
  await expect(row.getByRole('definition').nth(0)).toHaveText(/^local address/);
  await expect(row.getByRole('definition').nth(2)).toHaveText('UDP');
  await expect(row.getByRole('definition').nth(3)).toHaveText(/^\d+ ms$/);
  await expect(row).not.toContainText('Why relayed');
  await expectAccessible(bob.page, 'details of a transfer');
  await wire.press(' ');
  await expect(wire).toHaveAttribute('aria-expanded', 'false');
  await admin.limit('Send at most', null);
  await bob.seesStatus('plan.bin', 'done');
});

interface KeptConnections {
  labConnections: RTCPeerConnection[];
}

/** One for whose next port nobody asks, either: the server takes both. */
async function freeUdpPort(): Promise<number> {
  for (;;) {
    const first = createSocket('udp4').bind(0, '127.0.0.1');
    await once(first, 'listening');
    const { port } = first.address();
    const second = createSocket('udp4').bind(port + 1, '127.0.0.1');
    const isFree = await Promise.race([
      once(second, 'listening').then(() => true),
      once(second, 'error').then(() => false),
    ]);
    first.close();
    if (isFree) second.close();
    if (isFree && port < 65_000) return port;
  }
}
