// An owner who is away: what they share is still found, and comes by itself when they are back.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { isListed, shareFiles, sharePicked } from './catalog-owner.ts';
import { download, finds, row } from './catalog-visitor.ts';
import { Person } from './person.ts';
import { PickedFolder } from './picked-folder.ts';
import { SampleFolder } from './sample-files.ts';

const WORD = `zq${randomUUID().slice(0, 8)}`;
let samples: SampleFolder;
test.describe.configure({ timeout: 180_000 });
test.beforeAll(() => {
  samples = new SampleFolder();
});
test.afterAll(() => samples.delete());

test('a download waits for an owner who is offline, also through a reload, and starts by itself', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  const folder = await PickedFolder.answers(alice.page, `${WORD} shelf`);
  const name = `${WORD} book.pdf`;
  const sha256 = await folder.put(`letters/${name}`, 3_000_000);
  await sharePicked(alice, 'Share folder');
  await isListed(alice, folder.name);
  await finds(bob, name, [name]);

  await alice.profile.context.close();
  await expect(row(bob, name)).toContainText('Fetch when they are back', { timeout: 30_000 });
  await download(bob, name);
  await expect(bob.page.getByText(`${name} is fetched when ${alice.username} is back`)).toBeVisible();
  await bob.seesStatus(name, 'announced');
  await expect(bob.transfer(name)).toContainText(`${alice.username} is offline. Starts by itself when`);
  await expect(row(bob, name)).toContainText(`Waits for ${alice.username}`);
  await expectAccessible(bob.page, 'a download that waits for its owner');
  await bob.page.reload();
  await expect(bob.transfer(name)).toContainText(`${alice.username} is offline. Starts by itself when`);
  await expect(row(bob, name)).toContainText(`Waits for ${alice.username}`);
  await expect(row(bob, name)).toContainText('0%');

  // What nobody has answered can be paused, too.
  await bob.press(name, 'Pause');
  await bob.seesStatus(name, 'paused');
  await expect(bob.transfer(name)).toContainText('Paused. Nothing is lost');
  await expect(row(bob, name)).toContainText('Paused');
  await bob.page.reload();
  await bob.seesStatus(name, 'paused');
  await bob.press(name, 'Resume');
  await expect(row(bob, name)).toContainText(`Waits for ${alice.username}`);

  const again = await alice.back();
  await bob.seesStatus(name, 'done', 60_000);
  await bob.goTo('Receive');
  expect(await bob.save(name)).toBe(sha256);
  await Promise.all([again.close(), bob.close()]);
});

test('files that lived for a session need reconnecting after a reload, with one button, and then go on', async () => {
  const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  alice.page.on('dialog', (dialog) => dialog.accept());
  const name = `${WORD} session.bin`;
  const file = samples.file(name, 3_000_000);
  await shareFiles(alice, file.path);
  await isListed(alice, name);
  await alice.page.reload();
  const needing = alice.page.getByRole('region', { name: '1 share needs you' });
  await expect(needing).toContainText('Needs reconnecting');
  await expectAccessible(alice.page, 'a share that needs reconnecting');

  // Others find it all the same, and are told what they wait for.
  await finds(bob, name, [name]);
  await download(bob, name);
  await expect(bob.transfer(name)).toContainText(`${alice.username}’s browser cannot open the files now`, {
    timeout: 30_000,
  });
  await needing.getByLabel(`Choose ${name} again`).setInputFiles(file.path);
  await expect(needing).toHaveCount(0);
  // Nobody presses anything: it is asked for again within a minute.
  await bob.seesStatus(name, 'done', 90_000);
  await bob.goTo('Receive');
  expect(await bob.save(name)).toBe(file.sha256);
  await Promise.all([alice.close(), bob.close()]);
});
