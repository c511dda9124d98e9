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
    await expectAccessible(page, 'catalog');
    await page.keyboard.press('Backspace');
    await expect(page).toHaveURL(new RegExp(`${shareId}$`));
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
  await visitor.close();
  await owner.close();
});
