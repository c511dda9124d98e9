import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { Person } from './person.ts';
import { publishFiles } from './published-files.ts';

const NAMES = ['harbor budget.xlsx', 'harbor contract.pdf', 'summit deck.pptx'];

test.setTimeout(240_000);

test('what colleagues share is found as one types, narrowed, reloaded and walked through', async () => {
  const owner = await Person.join('owner');
  const visitor = await Person.join('visitor');
  const { page } = visitor;
  const shareId = await publishFiles(owner.page, 'Papers', 300, (index) => NAMES[index] ?? `scans/scan ${index}.tiff`);
  const rows = page.getByRole('grid', { name: 'Catalog' }).getByRole('row');

  await test.step('searching', async () => {
    await page.getByRole('link', { name: 'Catalog' }).click();
    await expect(page.getByRole('heading', { name: 'Catalog', level: 1 })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search catalog' }).fill('harbor');
    await expect(page.getByRole('button', { name: 'Download harbor budget.xlsx' })).toBeVisible();
    await expect(rows).toHaveCount(3);
    await expect(page.locator('mark').first()).toHaveText('harbor');
    await expect(page.getByText('Fetch when they are back').first()).toBeVisible();
    await expectAccessible(page, 'catalog');
  });

  await test.step('what is selected while one types stays selected, as far as it is still found', async () => {
    const selection = page.getByRole('region', { name: 'Selection' });
    // As when the answer takes a moment: what is pressed meanwhile is in the list of before.
    await page.route('**/trpc/catalog.search', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await route.continue();
    });
    await page.getByRole('searchbox', { name: 'Search catalog' }).fill('harbor budget');
    await page.getByRole('row', { name: /harbor budget/ }).click();
    await page.getByRole('row', { name: /harbor contract/ }).click({ modifiers: ['Control'] });
    await expect(selection).toContainText('2 selected');
    await expect(rows).toHaveCount(2);
    await expect(selection).toContainText('1 selected');
    await expect(page.getByRole('row', { name: /harbor budget/, selected: true })).toBeFocused({ timeout: 1000 });
    await page.unroute('**/trpc/catalog.search');
    await page.getByRole('searchbox', { name: 'Search catalog' }).fill('harbor');
    await expect(rows).toHaveCount(3);
    await expect(selection).toContainText('1 selected');
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await expect(selection).toBeHidden();
  });

  await test.step('narrowing, and taking it off again', async () => {
    await page.getByRole('button', { name: 'Type' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'PDF' }).click();
    await page.keyboard.press('Escape');
    await expect(rows).toHaveCount(2);
    await page.reload();
    await expect(rows).toHaveCount(2);
    await page.getByRole('button', { name: 'Remove filter: PDF' }).click();
    await expect(rows).toHaveCount(3);
    await page.goBack();
    await expect(rows).toHaveCount(2);
  });

  await test.step('nothing found', async () => {
    await page.getByRole('searchbox', { name: 'Search catalog' }).fill('zeppelin');
    await expect(page.getByText('Nothing matches “zeppelin”')).toBeVisible();
    await page.getByRole('button', { name: 'Search without filters' }).click();
    await expect(page.getByText('Try fewer or shorter words')).toBeVisible();
  });

  await test.step('walking through it, by keys alone', async () => {
    await page.goto(`${new URL(page.url()).origin}/catalog/browse`);
    await page.getByRole('treeitem', { name: owner.username }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('treeitem', { name: 'Papers' })).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/catalog/browse/${shareId}$`));
    await expect(page.getByRole('row', { name: /scans/ })).toBeVisible();
    await page.getByRole('row', { name: /scans/ }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/scans$/);
    await expect(page.getByRole('row', { name: /scan 3\.tiff/ })).toBeVisible();
    await page.getByRole('row', { name: /scan 3\.tiff/ }).focus();
    await page.keyboard.press('End');
    await expect(page.getByRole('row', { name: /scan 299\.tiff/ })).toBeFocused();
    await page.keyboard.press('Shift+ArrowUp');
    await expect(page.getByText('2 selected')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('2 selected')).toBeHidden();
    await page.keyboard.press('Control+a');
    await expect(page.getByRole('region', { name: 'Selection' })).toContainText('297 selected');
    await expect(page.locator('[aria-live=polite]').filter({ hasText: '297 selected.' })).toHaveCount(1);
    await expect(page.getByRole('checkbox', { name: 'Clear selection' })).toBeChecked();
    await page.getByRole('checkbox', { name: 'Clear selection' }).click();
    await expect(page.getByRole('region', { name: 'Selection' })).toBeHidden();
    await expect(page.getByRole('checkbox', { name: 'Select all' })).not.toBeChecked();
    await page.getByRole('row', { name: /scan 299\.tiff/ }).focus();
    await expectAccessible(page, 'catalog');
    await page.keyboard.press('Backspace');
    await expect(page).toHaveURL(new RegExp(`${shareId}$`));
  });

  await test.step('of very many, the first are selected, and it says so', async () => {
    const manyId = await publishFiles(owner.page, 'Archive', 1200, (index) => `ledger ${index}.csv`);
    const { origin } = new URL(page.url());
    const selection = page.getByRole('region', { name: 'Selection' });
    await page.goto(`${origin}/catalog/browse/${manyId}`);
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await expect(selection).toContainText('1,000 selected');
    await expect(selection).toContainText('The first 1,000 of 1,200 are selected. To fetch everything, download');
    await expect(page.getByRole('checkbox', { name: 'Clear selection' })).toBeChecked({ indeterminate: true });
    await expectAccessible(page, 'very many selected');
    await page.goto(`${origin}/catalog?q=ledger`);
    await page
      .getByRole('row', { name: /ledger/ })
      .first()
      .focus();
    await page.keyboard.press('Control+a');
    // How many of so many a search tells of, is the server's business.
    await expect(selection).toContainText(/The first [\d,]+ (of [\d,]+ )?are selected\. Narrow the search/);
    await page.keyboard.press('Escape');
    await expect(selection).toBeHidden();
    await page.goto(`${origin}/catalog/browse/${shareId}`);
  });

  await test.step('details', async () => {
    await page.getByRole('button', { name: 'summit deck.pptx', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'summit deck.pptx' });
    await expect(sheet.getByText('nobody online now')).toBeVisible();
    await expect(sheet.getByText('Not verified yet', { exact: false })).toBeVisible();
    await expectAccessible(page, 'catalog');
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  });

  await test.step('what is shared meanwhile appears by itself', async () => {
    await page.goto(`${new URL(page.url()).origin}/catalog?q=lantern`);
    await expect(page.getByText('Nothing matches “lantern”')).toBeVisible();
    await publishFiles(owner.page, 'More', 1, () => 'lantern.pdf');
    await expect(page.getByRole('button', { name: 'Download lantern.pdf' })).toBeVisible();
  });
  await test.step('how many are served at once is a number, also when the field is left empty', async () => {
    await page.getByRole('link', { name: 'Settings' }).first().click();
    const field = page.getByLabel('People at once');
    await expect(field).toHaveValue('3');
    await field.fill('');
    await field.press('Tab');
    await expect(field).toHaveValue('3');
    await field.fill('5');
    await field.press('Tab');
    await expect(page.locator('[aria-live=polite]').filter({ hasText: 'Saved' })).toHaveCount(1);
    await field.fill('');
    await field.press('Tab');
    await expect(field).toHaveValue('5');
  });
  await visitor.close();
  await owner.close();
});
