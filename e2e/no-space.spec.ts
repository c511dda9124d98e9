import { expect, test } from '@playwright/test';
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

test('space that runs out in the middle pauses with the numbers; resuming goes on', async () => {
  const file = samples.file('runs-out.bin', 200_000_000);
  await alice.goTo('Send');
  await alice.send(file.path, bob);
  await bob.accept(alice);
  await expect(bob.transfer('runs-out.bin').getByRole('progressbar')).toHaveAttribute('aria-valuetext', /[1-9]\d? ?%/);
  await setQuota(bob, 1_000_000);
  await bob.seesStatus('runs-out.bin', 'paused');
  await expect(bob.transfer('runs-out.bin')).toContainText(/Needs [\d.]+ MB/);
  await alice.seesStatus('runs-out.bin', 'paused');
  await setQuota(bob);
  await bob.transfer('runs-out.bin').getByRole('button', { name: 'Resume' }).click();
  await bob.seesStatus('runs-out.bin', 'done', 60_000);
  await bob.goTo('Receive');
  expect(await bob.save('runs-out.bin')).toBe(file.sha256);
});
