// A folder that is shared is followed: what is added, changed or removed in it, others find, lose, or find as it is now.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { isVerified, manage, openMyShares, sharePicked } from './catalog-owner.ts';
import { download, finds, row, sees } from './catalog-visitor.ts';
import { Person } from './person.ts';
import { PickedFolder } from './picked-folder.ts';

const WORD = `zq${randomUUID().slice(0, 8)}`;
const [KEPT, CHANGED, REMOVED, ADDED] = ['kept', 'changed', 'removed', 'added'].map(
  (what) => `${WORD} ${what}.txt`,
) as [string, string, string, string];
let alice: Person;
let bob: Person;
let folder: PickedFolder;
test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  folder = await PickedFolder.answers(alice.page, `${WORD.slice(2)} followed`);
  await folder.put(KEPT, 1000);
  await folder.put(`below/${CHANGED}`, 2000);
  await folder.put(REMOVED, 3000);
  await sharePicked(alice, 'Share folder');
  await isVerified(alice, folder.name);
});
test.afterAll(() => Promise.all([alice.close(), bob.close()]));

test('after a rescan', async () => {
  await finds(bob, WORD, [KEPT, CHANGED, REMOVED]);
  await expect(row(bob, CHANGED)).toContainText('2 kB');
  await folder.put(ADDED, 1000);
  const sha256 = await folder.put(`below/${CHANGED}`, 5_000_000);
  await folder.remove(REMOVED);
  await manage(alice, folder.name, 'Rescan');
  await sees(bob, [KEPT, CHANGED, ADDED]);
  await expect(row(bob, CHANGED)).toContainText('5 MB', { timeout: 20_000 });
  await expect(row(bob, KEPT)).toContainText('Verified');
  await download(bob, CHANGED);
  await bob.seesStatus(CHANGED, 'done', 60_000);
  await bob.goTo('Receive');
  expect(await bob.save(CHANGED)).toBe(sha256);
});

test('and by itself when Ferry is opened again', async () => {
  await finds(bob, WORD, [KEPT, CHANGED, ADDED]);
  // An address of the same origin without the page: nobody watches the folder meanwhile.
  const home = alice.page.url();
  await alice.page.goto(new URL('/healthz', home).href);
  await folder.remove(ADDED);
  await folder.put(`below/deeper/${REMOVED}`, 4000);
  await alice.page.goto(new URL('/', home).href);
  await alice.onSendPage();
  await sees(bob, [KEPT, CHANGED, REMOVED]);
  await openMyShares(alice);
  await isVerified(alice, folder.name);
});
