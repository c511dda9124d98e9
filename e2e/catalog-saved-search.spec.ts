// A search that is kept tells when something new matches.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { isListed, shareFiles } from './catalog-owner.ts';
import { finds, search, sees } from './catalog-visitor.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const WORD = `zq${randomUUID().slice(0, 8)}`;
const [OLD, NEW] = [`${WORD} minutes of May.txt`, `${WORD} minutes of June.txt`];

test('something new is told on whatever page one is, counted, and shown with one press', async () => {
  test.setTimeout(150_000);
  const samples = new SampleFolder();
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await shareFiles(alice, samples.file(OLD, 1000).path);
  await isListed(alice, OLD);
  const query = `"${WORD} minutes"`;
  await finds(bob, query, [OLD]);
  await bob.page.getByRole('button', { name: 'Save this search' }).click();
  const kept = bob.page.getByRole('button', { name: `Open ${query}` });
  await expect(kept).toBeVisible();
  await expect(kept).not.toHaveAccessibleDescription(/new match/);
  await bob.goTo('Send');

  await shareFiles(alice, samples.file(NEW, 1000).path);
  await isListed(alice, NEW);
  const notice = bob.page.getByRole('listitem').filter({ hasText: `New in “${query}”` });
  await expect(notice).toContainText(NEW, { timeout: 40_000 });
  await expectAccessible(bob.page, 'something new in a saved search');
  await expect(bob.page.getByRole('link', { name: 'Catalog' }).first()).toHaveAccessibleDescription(/1/);
  await notice.getByRole('button', { name: 'Show' }).click();
  await sees(bob, [OLD, NEW]);
  await expect(kept).not.toHaveAccessibleDescription(/new match/);
  await expect(bob.page.getByRole('link', { name: 'Catalog' }).first()).not.toHaveAccessibleDescription(/1/);

  // One that is deleted is heard of no more, and neither is what was there before.
  await bob.page.getByRole('button', { name: `Delete ${query}` }).click();
  await expect(kept).toHaveCount(0);
  await bob.page.reload();
  await search(bob, `${WORD} June`);
  await sees(bob, [NEW]);
  await expect(kept).toHaveCount(0);
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});
