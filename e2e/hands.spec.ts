import { expect, test } from '@playwright/test';
import { dropFiles, paste } from './hands.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

let samples: SampleFolder;
let alice: Person;
let bob: Person;

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(bob);
});

test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});

test('files dropped on a person go to them at once', async () => {
  await dropFiles(alice.tileOf(bob).getByRole('button'), { 'dropped.txt': 'dropped' });
  await bob.accept(alice);
  await bob.seesStatus('dropped.txt', 'done');
});

test('files dropped anywhere wait in the composer, from every page', async () => {
  await alice.goTo('Settings');
  await dropFiles(alice.page.getByRole('heading', { level: 1 }), { 'anywhere.txt': 'x', 'second.txt': 'y' });
  await alice.onSendPage();
  await expect(alice.page.getByRole('button', { name: /^Send 2 items/ })).toBeVisible();
  await alice.page.getByRole('button', { name: 'Remove second.txt' }).click();
  await expect(alice.page.getByRole('button', { name: /^Send 1 item/ })).toBeVisible();
  await alice.page.getByRole('button', { name: 'Remove anywhere.txt' }).click();
});

test('what is pasted waits in the composer: a file, and text as a file', async () => {
  await paste(alice.page, { fileName: 'pasted.bin', content: 'abc' });
  await paste(alice.page, { text: 'some words' });
  await expect(alice.page.getByRole('button', { name: /^Send 2 items/ })).toBeVisible();
  await alice.sendStaged(bob);
  await bob.accept(alice);
  await bob.seesStatus('pasted.bin', 'done');
});

test('a whole transfer with the keyboard alone', async () => {
  const { page } = alice;
  await bob.goTo('Receive');
  await page.getByLabel('Add files').setInputFiles(samples.file('keys.bin', 3_000_000).path);
  await page.keyboard.press('Tab');
  await page.getByRole('combobox', { name: 'To' }).focus();
  await page.keyboard.type(bob.username.slice(0, -1));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  const request = bob.requestFrom(alice);
  await expect(request).toBeVisible();
  await request.getByRole('button', { name: 'Accept' }).focus();
  await bob.page.keyboard.press('Enter');
  await bob.seesStatus('keys.bin', 'done');
  await bob.received('keys.bin').getByRole('button', { name: 'Save' }).focus();
  const [download] = await Promise.all([bob.page.waitForEvent('download'), bob.page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe('keys.bin');
});

test('single keys find a person and change the page, and can be turned off', async () => {
  const { page } = alice;
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { name: 'Receive', level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await alice.onSendPage();
  await page.keyboard.press('/');
  await expect(page.getByLabel('Find a person')).toBeFocused();
  await page.keyboard.press('Escape');
  await alice.goTo('Settings');
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('title and favicon tell the progress, the live region the outcome', async () => {
  await alice.goTo('Send');
  const icon = () => alice.page.locator('link[rel=icon]').getAttribute('href');
  const before = await icon();
  await alice.send(samples.file('title.bin', 60_000_000).path, bob);
  await bob.accept(alice);
  await expect(alice.page).toHaveTitle(/^↑ \d+ % Ferry$/);
  await expect(bob.page).toHaveTitle(/^↓ \d+ % Ferry$/);
  expect(await icon()).not.toBe(before);
  await alice.seesStatus('title.bin', 'done');
  await expect(alice.page).toHaveTitle('Send · Ferry');
  await expect(bob.page.locator('[aria-live=polite]').filter({ hasText: 'title.bin' })).toHaveCount(1);
});
