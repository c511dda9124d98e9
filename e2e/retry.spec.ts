// What failed is tried again: one by one, or all at once, with all that is held.
import { renameSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const SIZE = 40_000_000;
const NAMES = ['retried-a.bin', 'retried-b.bin'];
test.describe.configure({ timeout: 120_000 });

test('renamed files fail in words; once they are back, all that failed goes on from where it was', async () => {
  const samples = new SampleFolder();
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(bob);
  await alice.limit('Send at most', 3);
  const files = NAMES.map((name) => samples.file(name, SIZE));
  for (const file of files) {
    await alice.send(file.path, bob);
    await bob.accept(alice);
    await expect(bob.requestFrom(alice)).toHaveCount(0);
  }
  for (const name of NAMES) await bob.seesUnderWay(name, 10, 80);
  for (const { path } of files) renameSync(path, `${path}.away`);
  for (const name of NAMES) {
    await alice.seesStatus(name, 'failed');
    await expect(alice.transfer(name)).toContainText(/changed|moved|deleted/i);
    await bob.seesStatus(name, 'failed');
  }

  // Only the failed ones are shown, and the others with one press again.
  await alice.page.getByText('Failed (2)').click();
  await expect(alice.page.locator('article[data-status]')).toHaveCount(2);
  await expectAccessible(alice.page, 'failed transfers');
  for (const { path } of files) renameSync(`${path}.away`, path);
  await alice.page.getByRole('button', { name: 'Retry all failed' }).click();
  for (const name of NAMES) await bob.seesStatus(name, /fetching|stalled/);
  for (const name of NAMES) expect(await bob.percent(name)).toBeGreaterThanOrEqual(10);
  await alice.limit('Send at most', null);
  for (const [index, name] of NAMES.entries()) {
    await bob.seesStatus(name, 'done', 60_000);
    await bob.goTo('Receive');
    expect(await bob.save(name)).toBe(files[index]!.sha256);
  }
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});
