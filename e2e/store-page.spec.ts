// The Store as people use it: room is asked for, a file is kept by colleagues, its map can be read in every way, another
// one fetches it, and its owner deletes it.
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';
import { stored } from './store.ts';

const FILE_BYTES = 6_000_000;

test.setTimeout(420_000);

test('what one adds is kept by others, seen to be safe, fetched and deleted', async () => {
  const samples = new SampleFolder();
  const { path, sha256 } = samples.file('plans.bin', FILE_BYTES);
  const owner = await Person.join('owner');
  const others = [await Person.join('keeper'), await Person.join('keeper'), await Person.join('keeper')];
  const [visitor] = others as [Person];

  await test.step('nothing is kept before there is a yes', async () => {
    for (const person of [owner, ...others]) {
      await person.goTo('Store');
      await expect(person.page.getByRole('heading', { name: 'Keep pieces for colleagues?' })).toBeVisible();
    }
    await expectAccessible(owner.page, 'Store, unasked');
    for (const { page } of others) await page.getByRole('button', { name: /^Keep up to / }).click();
    await expect(visitor.page.getByText('You keep for others')).toBeVisible();
    await owner.page.getByRole('button', { name: 'Not now' }).click();
    await expect(owner.page.getByText('You keep nothing for others.', { exact: true })).toBeVisible();
  });

  await test.step('a file spreads until it is safe, and says when one may leave', async () => {
    await owner.page.getByLabel('Add to Store').setInputFiles(path);
    const mine = owner.page.getByRole('list', { name: 'Your uploads' }).getByRole('listitem', { name: 'plans.bin' });
    await expect(mine).toContainText('Safe to close', { timeout: 120_000 });
    await expect(stored(owner, 'plans.bin')).toContainText('Safe', { timeout: 60_000 });
  });

  await test.step('others see where its pieces are, with the arrow keys and as a table', async () => {
    await stored(visitor, 'plans.bin').getByRole('link').click();
    await expect(visitor.page.getByRole('heading', { name: 'plans.bin' })).toBeVisible();
    const map = visitor.page.getByRole('listbox', { name: 'Map of the pieces' });
    await map.focus();
    await map.press('ArrowRight');
    await expect(map.getByRole('option', { selected: true })).toHaveAccessibleName(/^Part 2 of /);
    await visitor.page.getByText('As a table').click();
    await expect(visitor.page.getByRole('table', { name: 'Who keeps how much' })).toContainText('You');
    await expectAccessible(visitor.page, 'Store, a file');
  });

  await test.step('somebody else fetches it, whole', async () => {
    await visitor.page.getByRole('button', { name: 'Download plans.bin' }).click();
    await expect(visitor.page.getByRole('link', { name: 'Show in Receive' })).toBeVisible({ timeout: 120_000 });
    await visitor.page.getByRole('link', { name: 'Show in Receive' }).click();
    expect(await visitor.save('plans.bin')).toBe(sha256);
  });

  await test.step('its owner deletes it, and it is gone for everybody', async () => {
    await stored(owner, 'plans.bin').getByRole('link').click();
    await expect(visitor.page.getByRole('button', { name: 'Delete plans.bin' })).toHaveCount(0);
    await owner.page.getByRole('button', { name: 'Delete plans.bin' }).click();
    await owner.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect(stored(owner, 'plans.bin')).toHaveCount(0);
    await visitor.goTo('Store');
    await expect(stored(visitor, 'plans.bin')).toHaveCount(0);
  });

  for (const person of [owner, ...others]) await person.close();
  samples.delete();
});
