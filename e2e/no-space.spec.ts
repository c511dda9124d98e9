import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { PickedFolder } from './picked-folder.ts';
import { SampleFolder } from './sample-files.ts';

let samples: SampleFolder;
let alice: Person;
let bob: Person;
let folder: PickedFolder;

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  folder = await PickedFolder.answers(bob.page, 'another disk');
  await alice.seesOnline(bob);
});
test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});

/** What the browser lets the page keep; the disk's own room when absent. */
async function setQuota(person: Person, quotaSize?: number): Promise<void> {
  const session = await person.profile.context.newCDPSession(person.page);
  const { origin } = new URL(person.page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) });
}

test('a request that does not fit is refused with the numbers, and can be accepted once there is room', async () => {
  const file = samples.file('too-big.bin', 60_000_000);
  await setQuota(bob, 20_000_000);
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await expect(bob.requestFrom(alice)).toContainText(/Needs 60(\.0)? MB, [\d.]+ MB is free/);
  await setQuota(bob);
  await bob.accept(alice);
  await bob.seesStatus('too-big.bin', 'done', 30_000);
  await bob.goTo('Receive');
  expect(await bob.save('too-big.bin')).toBe(file.sha256);
});

test('space that runs out in the middle pauses with the numbers, and goes on by itself once there is room', async () => {
  test.setTimeout(120_000);
  const file = samples.file('runs-out.bin', 80_000_000);
  await alice.goTo('Send');
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await bob.seesUnderWay('runs-out.bin', 1, 90);
  await setQuota(bob, 1_000_000);
  await bob.seesStatus('runs-out.bin', 'paused');
  await expect(bob.transfer('runs-out.bin')).toContainText(/Needs [\d.]+ MB/);
  await alice.seesStatus('runs-out.bin', 'paused');
  await expect(alice.transfer('runs-out.bin')).toContainText(/out of space/);
  await alice.movedBytes('runs-out.bin');
  await setQuota(bob);
  await bob.seesStatus('runs-out.bin', 'done', 60_000);
  await alice.seesStatus('runs-out.bin', 'done');
  // What had been asked for came again, no more.
  expect(await alice.movedBytes('runs-out.bin')).toBeLessThanOrEqual(file.sizeBytes * 1.02 + 8 * 2 ** 20);
  await bob.goTo('Receive');
  expect(await bob.save('runs-out.bin')).toBe(file.sha256);
});

test('a request that does not fit is received into a folder instead', async () => {
  const file = samples.file('elsewhere.bin', 70_000_000);
  await alice.goTo('Send');
  await setQuota(bob, 20_000_000);
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await expect(bob.requestFrom(alice)).toContainText(/Choose a folder/);
  // The folder stands for another disk, where there is room.
  await setQuota(bob);
  await bob.requestFrom(alice).getByRole('button', { name: 'Choose a folder' }).click();
  await bob.seesStatus('elsewhere.bin', 'done', 60_000);
  const sizes = Object.values(await folder.files());
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(file.sizeBytes);
  await bob.goTo('Receive');
  expect(await bob.save('elsewhere.bin')).toBe(file.sha256);
});

test('a transfer that ran out of space goes on into a folder, also over a reload', async () => {
  test.setTimeout(120_000);
  const file = samples.file('moved-on.bin', 80_000_000);
  await alice.limit('Send at most', 8);
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await bob.seesUnderWay('moved-on.bin', 10, 60);
  await setQuota(bob, 1_000_000);
  await bob.seesStatus('moved-on.bin', 'paused');
  // The folder is on the same disk in this test: room for its journal alone, and then for everything.
  const { usage = 0 } = await bob.page.evaluate(() => navigator.storage.estimate());
  await setQuota(bob, usage + 600_000);
  await bob.press('moved-on.bin', 'Choose a folder');
  await setQuota(bob);
  await bob.seesUnderWay('moved-on.bin', 30, 95);
  await bob.page.reload();
  await bob.seesStatus('moved-on.bin', 'done', 60_000);
  await bob.goTo('Receive');
  expect(await bob.save('moved-on.bin')).toBe(file.sha256);
});
