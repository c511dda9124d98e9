// A file changes at its owner's while it is fetched: whoever fetches is told, and chooses.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { isListed, serveAtMost, sharePicked } from './catalog-owner.ts';
import { download, finds } from './catalog-visitor.ts';
import { Person } from './person.ts';
import { PickedFolder } from './picked-folder.ts';

const SIZE = 24_000_000;
test.describe.configure({ timeout: 240_000 });

/** A folder with a long file and a short one, on its way from the first to the second when the long one changes. */
async function changedUnderWay() {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  const title = `zq${randomUUID().slice(0, 8)} project`;
  const folder = await PickedFolder.answers(alice.page, title);
  const short = await folder.put('a short one.txt', 1000);
  await folder.put('long.bin', SIZE);
  await serveAtMost(alice, 2);
  await sharePicked(alice, 'Share folder');
  await isListed(alice, title);
  await finds(bob, `"${title}"`, [title]);
  await download(bob, title);
  await bob.seesUnderWay(title, 5, 70);
  const long = await folder.put('long.bin', SIZE + 1);
  const words = bob.transfer(title).getByText(`“long.bin” changed at ${alice.username}’s since you began`);
  await expect(words).toBeVisible({ timeout: 60_000 });
  await expectAccessible(bob.page, 'a file that changed at its owner’s');
  await serveAtMost(alice, null);
  return { alice, bob, title, short, long };
}

test('it can be fetched as it is now, and the others stay', async () => {
  const { alice, bob, title, short, long } = await changedUnderWay();
  await bob.press(title, 'Fetch it as it is now');
  // The rest has ended, and the file that changed is a download of its own.
  await bob.seesStatus(title, 'done', 90_000);
  await bob.seesStatus('long.bin', 'done', 90_000);
  await bob.goTo('Receive');
  expect(await bob.save('a short one.txt')).toBe(short);
  expect(await bob.save('long.bin')).toBe(long);
  await Promise.all([alice.close(), bob.close()]);
});

test('or the download ends with what did not change', async () => {
  const { alice, bob, title, short } = await changedUnderWay();
  await bob.press(title, 'Go on without it');
  await bob.seesStatus(title, 'done', 60_000);
  await bob.goTo('Receive');
  expect(await bob.save('a short one.txt')).toBe(short);
  await expect(bob.received('long.bin')).toHaveCount(0);
  await expect(bob.transfer(title)).toHaveCount(1);
  await Promise.all([alice.close(), bob.close()]);
});
