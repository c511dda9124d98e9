import { expect, test } from '@playwright/test';
import { startFerry } from './ferry-server.ts';
import { Person } from './person.ts';

/** What issue and manual promise for somebody who comes or goes. */
const PROMISED_MS = 2000;
const PROMISED_AFTER_CRASH_MS = 30_000;

test('a colleague appears, and disappears when they leave', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(bob);
  await alice.looksFor(bob);
  await bob.page.goto('about:blank');
  await expect(alice.tileOf(bob)).toContainText('Last seen', { timeout: PROMISED_MS });
  await bob.page.goBack();
  await bob.onSendPage();
  await expect(alice.tileOf(bob)).toContainText('Chrome on', { timeout: PROMISED_MS });
  await Promise.all([alice.close(), bob.close()]);
});

test('a crashed browser disappears, too', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(bob);
  await alice.looksFor(bob);
  bob.kill();
  await expect(alice.tileOf(bob)).toContainText('Last seen', { timeout: PROMISED_AFTER_CRASH_MS });
  await alice.close();
});

test('a browser that hangs without closing its socket disappears, too', async () => {
  test.setTimeout(90_000);
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(bob);
  await alice.looksFor(bob);
  bob.freeze();
  await expect(alice.tileOf(bob)).toContainText('Last seen', { timeout: PROMISED_AFTER_CRASH_MS });
  bob.kill();
  await alice.close();
});

test('the page says when the server is away, and finds it again by itself', async () => {
  const server = await startFerry();
  const alice = await Person.join('alice', { url: server.url });
  const bob = await Person.join('bob', { url: server.url });
  await alice.seesOnline(bob);
  await server.stop();
  await expect(alice.page.getByText('Reconnecting').first()).toBeVisible();
  await server.start();
  await expect(alice.page.getByText('Reconnecting')).toHaveCount(0, { timeout: 20_000 });
  await alice.seesOnline(bob);
  await Promise.all([alice.close(), bob.close()]);
  await server.dispose();
});
