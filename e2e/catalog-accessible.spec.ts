// The catalog for whoever does not see it, or has no mouse.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { isVerified, manage, shareFolder } from './catalog-owner.ts';
import { answerTo, finds, findsNothing, openDetails, row } from './catalog-visitor.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const PHONE = { width: 390, height: 844 };
const WORD = `zq${randomUUID().slice(0, 8)}`;
const NAMES = ['first.txt', 'second.txt', 'third.txt'].map((name) => `${WORD} ${name}`) as [string, string, string];
let samples: SampleFolder;
let alice: Person;
let bob: Person;
test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  for (const name of NAMES) samples.file(`${WORD} tree/below/${name}`, 2000);
  await shareFolder(alice, `${samples.path}/${WORD} tree`);
  await isVerified(alice, `${WORD} tree`);
});
test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});

test('sharing: the list of what I share, for whom, what is left out', async () => {
  const { page } = alice;
  await expectAccessible(page, 'what I share');
  await page.getByText('How you serve').click();
  await page.getByText('Fetched from you before').click();
  await expectAccessible(page, 'how I serve');
  await page.getByRole('button', { name: 'Share something' }).click();
  await expectAccessible(page, 'the menu for sharing');
  await page.keyboard.press('Escape');
  await manage(alice, `${WORD} tree`, 'Change who may find it');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Chosen people', { exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Find a colleague' }).fill(bob.username);
  await page.keyboard.press('Enter');
  await expectAccessible(page, 'for whom');
  await page.keyboard.press('Escape');
  await manage(alice, `${WORD} tree`, 'What is left out');
  await expectAccessible(page, 'what is left out');
  await page.keyboard.press('Escape');
});

test('finding: results, details, filters, nothing', async () => {
  const { page } = bob;
  await finds(bob, `${WORD} -tree`, NAMES);
  await expectAccessible(page, 'results');
  const details = await openDetails(bob, NAMES[0]);
  await expect(details).toContainText('Content id');
  await expectAccessible(page, 'details');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Type', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Video' }).click();
  await expectAccessible(page, 'a menu of filters');
  await page.keyboard.press('Escape');
  await expect(page.getByText(/^Nothing matches/)).toBeVisible();
  await expectAccessible(page, 'nothing matches the filters');
  await page.getByRole('button', { name: 'Search without filters' }).click();
  await findsNothing(bob, `${WORD}nowhere >many owner:nobody.like.that`);
  await expectAccessible(page, 'a query that is not understood');
});

test('walking through it', async () => {
  const { page } = bob;
  await page.getByRole('link', { name: 'Browse' }).click();
  await page.getByRole('treeitem', { name: alice.username }).click();
  await page.getByRole('treeitem', { name: `${WORD} tree` }).click();
  await expect(row(bob, 'below')).toBeVisible();
  await expectAccessible(page, 'a folder of somebody’s');
});

test('on a phone', async () => {
  const carol = await Person.join('carol', { viewport: PHONE });
  await carol.page.getByRole('link', { name: 'Catalog' }).filter({ visible: true }).click();
  await finds(carol, `${WORD} -tree`, NAMES);
  await expectAccessible(carol.page, 'results on a phone');
  await carol.page.getByRole('link', { name: 'Browse' }).click();
  await expectAccessible(carol.page, 'people on a phone');
  await carol.close();
});

test('with the keyboard alone: find, select several, download', async () => {
  const { page } = bob;
  await bob.goTo('Catalog');
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search catalog' })).toBeFocused();
  await page.keyboard.press('Control+a');
  const answered = answerTo(bob, `${WORD} -tree`);
  await page.keyboard.type(`${WORD} -tree`);
  await answered;
  await expect(row(bob, NAMES[2])).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('row').nth(1)).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('2 selected');
  await expectAccessible(page, 'a selection');
  await page.keyboard.press('Enter');
  await expect(bob.page.getByRole('complementary', { name: 'Transfers' }).getByRole('article')).toHaveCount(2);
  for (const article of await page.getByRole('complementary', { name: 'Transfers' }).getByRole('article').all())
    await expect(article).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await page.keyboard.press('Tab');
  await expectAccessible(page, 'after downloading');
});
