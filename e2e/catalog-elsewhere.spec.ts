// What somebody shares on another device of theirs, which may be lost: seen and ended from here, and not listed again by
// the browser that has it.
import { randomUUID } from 'node:crypto';
import { expect, type Locator, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { isListed, myShare, openMyShares, serveAtMost, shareFiles, sharePicked } from './catalog-owner.ts';
import { download, finds, findsNothing, sees, seesNothing } from './catalog-visitor.ts';
import { Person } from './person.ts';
import { PickedFolder } from './picked-folder.ts';
import { SampleFolder } from './sample-files.ts';

const WORD = `zq${randomUUID().slice(0, 8)}`;
let samples: SampleFolder;
test.describe.configure({ timeout: 240_000 });
test.beforeAll(() => {
  samples = new SampleFolder();
});
test.afterAll(() => samples.delete());

const elsewhere = (person: Person): Locator => person.page.getByRole('region', { name: 'On your other devices' });
const stopped = (person: Person): Locator => person.page.getByRole('region', { name: 'Stopped from another device' });

test('what a browser that is closed has listed ends from another one, and is not listed again when it is back', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  const laptop = await alice.secondDevice();
  const folder = await PickedFolder.answers(laptop.page, `${WORD} drafts`);
  await folder.put(`old/${WORD} plan.pdf`, 200_000);
  await sharePicked(laptop, 'Share folder');
  await isListed(laptop, folder.name);
  await shareFiles(laptop, samples.file(`${WORD} kept.txt`, 3000).path);
  await isListed(laptop, `${WORD} kept.txt`);

  await openMyShares(alice);
  await expect(elsewhere(alice)).toContainText('Online now', { timeout: 20_000 });
  await expect(elsewhere(alice).getByRole('heading', { name: /^Chrome on / })).toBeVisible();
  await expectAccessible(alice.page, 'what is shared on another device');

  await laptop.profile.context.close();
  await expect(elsewhere(alice)).toContainText('Last seen today', { timeout: 30_000 });
  await finds(bob, `"${folder.name}"`, [folder.name]);

  // Without a mouse, and asked about first.
  const stop = elsewhere(alice).getByRole('button', { name: `Stop sharing ${folder.name}` });
  const dialog = alice.page.getByRole('alertdialog', { name: `Stop sharing “${folder.name}”?` });
  await stop.focus();
  await alice.page.keyboard.press('Enter');
  await expect(dialog).toContainText('does not list it again');
  await expectAccessible(alice.page, 'asking before something on another device ends');
  await alice.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(stop).toBeFocused();
  await alice.page.keyboard.press('Enter');
  // Others may speak right after.
  const said = alice.page.waitForFunction(() =>
    document.querySelector('[aria-live=polite]')?.textContent?.includes('is not shared any more'),
  );
  await dialog.getByRole('button', { name: 'Stop sharing' }).press('Enter');
  await expect(elsewhere(alice)).not.toContainText(folder.name);
  await expect(elsewhere(alice)).toContainText(`${WORD} kept.txt`);
  await expect(elsewhere(alice).getByRole('heading', { name: 'On your other devices' })).toBeFocused();
  await said;
  await seesNothing(bob);

  const back = await laptop.back();
  await back.goTo('Catalog');
  await expect(stopped(back)).toContainText(`“${folder.name}” is not shared from here any more`, { timeout: 30_000 });
  await expect(stopped(back)).toContainText('share it again');
  await expectAccessible(back.page, 'what was stopped from another device');
  await openMyShares(back);
  await expect(myShare(back, `${WORD} kept.txt`)).toBeVisible();
  await expect(myShare(back, folder.name)).toHaveCount(0);

  // Nor after a reload, when it has told the server all that it shares.
  await back.page.reload();
  await expect(stopped(back)).toContainText(folder.name);
  await stopped(back).getByRole('button', { name: 'OK' }).click();
  await expect(stopped(back)).toHaveCount(0);
  await back.page.reload();
  await openMyShares(back);
  await expect(myShare(back, `${WORD} kept.txt`)).toBeVisible();
  await expect(stopped(back)).toHaveCount(0);
  await findsNothing(bob, `"${folder.name}"`);
  await finds(bob, `"${WORD} kept"`, [`${WORD} kept.txt`]);

  // It may be shared again.
  await PickedFolder.answers(back.page, folder.name);
  await sharePicked(back, 'Share folder');
  await isListed(back, folder.name);
  await finds(bob, `"${folder.name}"`, [folder.name]);
  await Promise.all([alice.close(), bob.close(), back.close()]);
});

test('a browser that is open stops at once, also for whoever is fetching', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  const laptop = await alice.secondDevice();
  const names = [`${WORD} long.bin`, `${WORD} other.txt`] as const;
  await serveAtMost(laptop, 2);
  await shareFiles(laptop, samples.file(names[0], 60_000_000).path);
  await isListed(laptop, names[0]);
  await shareFiles(laptop, samples.file(names[1], 3000).path);
  await isListed(laptop, names[1]);
  await finds(bob, `${WORD} long`, [names[0]]);
  await download(bob, names[0]);
  await bob.seesUnderWay(names[0], 5, 60);

  await openMyShares(alice);
  await elsewhere(alice)
    .getByRole('button', { name: /^Stop sharing all 2 on / })
    .click();
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Stop sharing all 2' }).click();
  await expect(stopped(laptop)).toContainText(names[0], { timeout: 10_000 });
  await expect(stopped(laptop)).toContainText(names[1]);
  await expect(myShare(laptop, names[0])).toHaveCount(0);
  await expect(bob.transfer(names[0])).toContainText('is not in the catalog any more', { timeout: 30_000 });
  await bob.seesStatus(names[0], 'failed');
  await sees(bob, []);
  await expect(elsewhere(alice)).toHaveCount(0);
  await expect(alice.page.getByRole('heading', { name: 'What you share' })).toBeFocused();
  await Promise.all([alice.close(), bob.close(), laptop.close()]);
});
