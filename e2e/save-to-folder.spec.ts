import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

let samples: SampleFolder;
let alice: Person;
let bob: Person;

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  // The picker is the browser's own window, which no test can press: it answers with a folder at once.
  await bob.page.evaluate(() => {
    Object.assign(window, {
      showDirectoryPicker: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('picked folder', { create: true }),
    });
  });
  await alice.seesOnline(bob);
});

test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});

/** Every file below the folder, with its size. */
function saved(): Promise<Record<string, number>> {
  return bob.page.evaluate(async () => {
    const found: Record<string, number> = {};
    async function walk(folder: FileSystemDirectoryHandle, prefix: string): Promise<void> {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') await walk(handle, `${prefix}${name}/`);
        else found[prefix + name] = (await handle.getFile()).size;
      }
    }
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle('picked folder'), '');
    return found;
  });
}

async function saveAll(title: string): Promise<void> {
  await bob.page.getByRole('group', { name: title }).first().getByRole('button', { name: 'Save all' }).click();
  await expect(bob.page.getByText(/Saved/).first()).toBeVisible();
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

  await saveAll('site');
  await expect.poll(saved).toEqual({ 'site/index.html': 100, 'site/images/deep/a.png': 200 });
  await saveAll('site');
  await expect.poll(saved).toMatchObject({ 'site/index (2).html': 100, 'site/images/deep/a (2).png': 200 });

  await bob.page.getByText('Skip', { exact: true }).click();
  await saveAll('site');
  expect(Object.keys(await saved())).toHaveLength(4);
  await bob.page.getByText('Overwrite', { exact: true }).click();
  await saveAll('site');
  expect(Object.keys(await saved())).toHaveLength(4);
});
