// Limits: how many transfers move at once, in which order, and how fast.
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const SIZE = 30_000_000;
let samples: SampleFolder;
let alice: Person;
let bob: Person;
test.describe.configure({ timeout: 120_000 });

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(bob);
});
test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});

async function sendAll(names: string[]): Promise<void> {
  await alice.goTo('Send');
  for (const name of names) {
    await alice.send(samples.file(name, SIZE).path, bob);
    await bob.accept(alice);
    await expect(bob.requestFrom(alice)).toHaveCount(0);
  }
}

test('one moves at a time, in an order that can be changed; the others wait their turn', async () => {
  await alice.limit('Send at most', 1);
  await bob.limit('Transfers at once', 1);
  const names = ['first.bin', 'second.bin', 'third.bin'];
  await sendAll(names);
  await bob.seesStatus('first.bin', 'fetching');
  for (const name of ['second.bin', 'third.bin']) {
    await bob.seesStatus(name, 'paused');
    await expect(bob.transfer(name)).toContainText(/Waits its turn/);
    await expect(alice.transfer(name)).toContainText(`${bob.username} has other transfers first`);
  }
  await bob.press('third.bin', 'Start next');
  await bob.seesStatus('third.bin', 'fetching');
  await bob.seesStatus('first.bin', 'paused');

  await alice.limit('Send at most', null);
  await bob.seesStatus('third.bin', 'done', 60_000);
  // Without anybody's doing.
  await bob.seesStatus('first.bin', /fetching|finishing|done/);
  await bob.seesStatus('second.bin', 'done', 60_000);
  await bob.limit('Transfers at once', 5);
});

test('a limit on what comes is kept, and can be taken away while it moves', async () => {
  await bob.limit('Receive at most', 1);
  await sendAll(['slow.bin']);
  await bob.seesUnderWay('slow.bin', 5, 50);
  const startMs = Date.now();
  const before = await bob.movedBytes('slow.bin');
  await bob.page.waitForTimeout(5000);
  const rate = ((await bob.movedBytes('slow.bin')) - before) / ((Date.now() - startMs) / 1000);
  // Whole chunks of a mebibyte are counted.
  expect(rate).toBeLessThan(1_000_000 + 2 ** 20 / 4);
  expect(rate).toBeGreaterThan(300_000);
  await bob.limit('Receive at most', null);
  await bob.seesStatus('slow.bin', 'done', 60_000);
});

test('all are paused and go on with one button each', async () => {
  await alice.limit('Send at most', 2);
  const names = ['together-a.bin', 'together-b.bin'];
  await sendAll(names);
  await bob.page.getByRole('button', { name: 'Pause all' }).click();
  for (const name of names) await bob.seesStatus(name, 'paused');
  await expectAccessible(bob.page, 'paused transfers');
  await bob.page.getByRole('button', { name: 'Resume all' }).click();
  await alice.limit('Send at most', null);
  for (const name of names) await bob.seesStatus(name, 'done', 60_000);
});
