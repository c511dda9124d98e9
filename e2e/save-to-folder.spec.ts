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

/** Saves, and waits for the words of this very save: a click turns those of the one before into "Saving…". */
async function saveAll(title: string, outcome: RegExp): Promise<void> {
  const group = bob.page.getByRole('group', { name: title }).first();
  await group.getByRole('button', { name: 'Save all' }).click();
  await expect(group.getByText(outcome).first()).toBeVisible();
}

/** As if somebody had worked on the saved file. */
async function edit(name: string, sizeBytes: number): Promise<void> {
  await bob.page.evaluate(
    async ([fileName, size]) => {
      const root = await navigator.storage.getDirectory();
      const site = await (await root.getDirectoryHandle('picked folder')).getDirectoryHandle('site');
      const writable = await (await site.getFileHandle(fileName)).createWritable();
      await writable.write(new Uint8Array(size));
      await writable.close();
    },
    [name, sizeBytes] as const,
  );
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
  expect(await saved()).toEqual(first);
  const both = { ...first, 'site/index (2).html': 100, 'site/images/deep/a (2).png': 200 };
  await saveAll('site', /^Saved to picked folder$/);
  expect(await saved()).toEqual(both);

  await edit('index.html', 7);
  await bob.page.getByText('Skip', { exact: true }).click();
  await saveAll('site', /^Already there, skipped$/);
  expect(await saved()).toEqual({ ...both, 'site/index.html': 7 });
  await bob.page.getByText('Overwrite', { exact: true }).click();
  await saveAll('site', /^Saved to picked folder$/);
  expect(await saved()).toEqual(both);
});
