import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { PickedFolder } from './picked-folder.ts';
import { SampleFolder } from './sample-files.ts';

let samples: SampleFolder;
let alice: Person;
let bob: Person;
let folder: PickedFolder;

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  folder = await PickedFolder.answers(bob.page, 'picked folder');
  await alice.seesOnline(bob);
});

test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});

/** Saves, and waits for the words of this very save: a click turns those of the one before into "Saving…". */
async function saveAll(title: string, outcome: RegExp): Promise<void> {
  const group = bob.page.getByRole('group', { name: title }).first();
  await group.getByRole('button', { name: 'Save all' }).click();
  await expect(group.getByText(outcome).first()).toBeVisible();
}

test('a folder is saved as a tree; what is there is kept, skipped or replaced as chosen', async () => {
  samples.file('site/index.html', 100);
  samples.file('site/images/deep/a.png', 200);
  await alice.sendFolder(`${samples.path}/site`, bob);
  await bob.accept(alice);
  await bob.seesStatus('site', 'done');
  await bob.goTo('Receive');
  await bob.page.getByRole('button', { name: 'Choose folder' }).click();
  await expect(bob.page.getByText('picked folder')).toBeVisible();

  const first = { 'site/index.html': 100, 'site/images/deep/a.png': 200 };
  await saveAll('site', /^Saved to picked folder$/);
  expect(await folder.files()).toEqual(first);
  const both = { ...first, 'site/index (2).html': 100, 'site/images/deep/a (2).png': 200 };
  await saveAll('site', /^Saved to picked folder$/);
  expect(await folder.files()).toEqual(both);

  await folder.edit('site/index.html', 7);
  await bob.page.getByText('Skip', { exact: true }).click();
  await saveAll('site', /^Already there, skipped$/);
  expect(await folder.files()).toEqual({ ...both, 'site/index.html': 7 });
  await bob.page.getByText('Overwrite', { exact: true }).click();
  await saveAll('site', /^Saved to picked folder$/);
  expect(await folder.files()).toEqual(both);
});
