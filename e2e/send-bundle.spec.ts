import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { Person } from './person.ts';
import { type SampleFile, SampleFolder } from './sample-files.ts';
import { saveAll } from './save-all.ts';
import type { ZippedFile } from './zipped-files.ts';

let samples: SampleFolder;
let alice: Person;
let bob: Person;

test.beforeAll(async () => {
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
  await alice.seesOnline(bob);
});
test.afterAll(() => Promise.all([alice.close(), bob.close()]));
test.beforeEach(async () => {
  samples = new SampleFolder();
  await alice.goTo('Send');
});
test.afterEach(() => samples.delete());

const hashes = (files: (SampleFile | ZippedFile)[]) => files.map(({ sha256 }) => sha256).sort();

test('several files go as one bundle with one Accept', async () => {
  const files = ['a.txt', 'b.txt', 'c.txt'].map((name) => samples.file(`${randomUUID().slice(0, 4)}-${name}`, 5000));
  await alice.send(
    files.map(({ path }) => path),
    bob,
  );
  await expect(bob.requestFrom(alice)).toContainText('3');
  await bob.accept(alice);
  const title = files[0]!.path.split('/').at(-1)!;
  await bob.seesStatus(title, 'done');
  await alice.seesStatus(title, 'done');
  expect(hashes(await saveAll(bob, title))).toEqual(hashes(files));
});

test('a folder of 1,000 files keeps its tree, whatever the names', async () => {
  test.setTimeout(180_000);
  const special = [
    'tree/Grüße aus Köln.txt',
    'tree/नमस्ते/दुनिया.txt',
    'tree/emoji 🛳️🚢/ferry ⛴.txt',
    'tree/CON.txt',
    'tree/aux',
    'tree/trailing dot.',
    'tree/colon: question?.txt',
    'tree/back\\slash.txt',
    'tree/new\nline.txt',
    `tree/${'x'.repeat(251)}.txt`,
    `tree/${'é'.repeat(125)}.txt`,
    'tree/deep/a/b/c/d/e/f/g/h.txt',
    'tree/.hidden',
    'tree/empty.txt',
  ];
  const files = special.map((name) => samples.file(name, name.endsWith('empty.txt') ? 0 : 100));
  for (let index = files.length; index < 1000; index++)
    files.push(samples.file(`tree/sub ${index % 20}/file ${index}.bin`, 10 + index));
  await alice.sendFolder(`${samples.path}/tree`, bob);
  await bob.accept(alice);
  await bob.seesStatus('tree', 'done', 120_000);
  await alice.seesStatus('tree', 'done');
  const saved = await saveAll(bob, 'tree');
  expect(hashes(saved)).toEqual(hashes(files));
  const names = saved.map(({ name }) => name);
  expect(names).toContain('tree/emoji 🛳️🚢/ferry ⛴.txt');
  expect(names).toContain('tree/deep/a/b/c/d/e/f/g/h.txt');
  // What no system could keep is saved under a name that every system can.
  expect(names).toContain('tree/_CON.txt');
  expect(names).toContain('tree/new_line.txt');
});

test('some files of a bundle can be chosen', async () => {
  const folder = `choice-${randomUUID().slice(0, 4)}`;
  const files = ['one.txt', 'two.txt', 'three.txt'].map((name) => samples.file(`${folder}/${name}`, 3000));
  await alice.sendFolder(`${samples.path}/${folder}`, bob);
  await bob.requestFrom(alice).getByRole('button', { name: 'Choose files' }).click();
  const dialog = bob.page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: /two\.txt/ }).uncheck();
  await dialog.getByRole('button', { name: /^Accept/ }).click();
  await bob.seesStatus(folder, 'done');
  await alice.seesStatus(folder, 'done');
  expect(hashes(await saveAll(bob, folder))).toEqual(hashes([files[0]!, files[2]!]));
});
