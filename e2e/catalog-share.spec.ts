// Sharing and finding: what one person lists, another one finds as they type, and fetches from them.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import {
  isListed,
  isVerified,
  manage,
  myShare,
  shareFiles,
  shareFolder,
  stopSharingEverything,
} from './catalog-owner.ts';
import { download, finds, findsNothing, row, sees, seesNothing } from './catalog-visitor.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';
import { saveAll } from './save-all.ts';

/** Other tests list files on the same server: only those of this one have the word. */
const WORD = `zq${randomUUID().slice(0, 8)}`;
let samples: SampleFolder;
let alice: Person;
let bob: Person;
test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
});
test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
});

const REPORT = `${WORD} annual report 2025.pdf`;
const DRAFT = `${WORD} annual draft of the report.txt`;
const RUSSIAN = `${WORD} Годовой отчёт.docx`;
const JAPANESE = `${WORD} 年次報告書.txt`;

test('files that are shared are found as somebody types: parts of words, phrases, any script', async () => {
  await shareFiles(
    alice,
    [REPORT, DRAFT, RUSSIAN, JAPANESE].map((name) => samples.file(name, 3000).path),
  );
  await isListed(alice, REPORT);
  await bob.goTo('Catalog');
  await finds(bob, WORD, [REPORT, DRAFT, RUSSIAN, JAPANESE]);
  // From the middle of a word.
  await finds(bob, WORD.slice(1, -1), [REPORT, DRAFT, RUSSIAN, JAPANESE]);
  await finds(bob, `${WORD} ОТЧЁТ`, [RUSSIAN]);
  await finds(bob, `${WORD} 次報告`, [JAPANESE]);
  await finds(bob, `"annual report" ${WORD}`, [REPORT]);
  await finds(bob, `${WORD} annual -draft`, [REPORT]);
  await finds(bob, `${WORD} type:pdf`, [REPORT]);
  await finds(bob, `${WORD} owner:${alice.username} <1MB`, [REPORT, DRAFT, RUSSIAN, JAPANESE]);
  await findsNothing(bob, `${WORD} >1MB`);
});

test('one file is fetched with one press, and its owner sees by whom and how often', async () => {
  const file = samples.file(`${WORD} fetched.bin`, 2_500_000);
  const name = `${WORD} fetched.bin`;
  await shareFiles(alice, file.path);
  await isListed(alice, name);
  await finds(bob, name, [name]);
  await download(bob, name);
  await bob.seesStatus(name, 'done', 60_000);
  await expect(row(bob, name)).toContainText('You have this');
  await expect(myShare(alice, name)).toContainText('fetched 1 time', { timeout: 20_000 });
  await alice.page.getByText('Fetched from you before').click();
  const history = alice.page.locator('details').filter({ hasText: 'Fetched from you before' });
  await expect(history).toContainText(`${bob.username} · ${name}`);
  await bob.goTo('Receive');
  expect(await bob.save(name)).toBe(file.sha256);
});

test('a folder is one result and keeps its tree; what hides is not listed', async () => {
  const folder = `${WORD} plans`;
  const visible = ['read me.txt', 'drawings/ground floor.svg', 'drawings/old/cellar.svg', 'drawings/empty.txt'];
  const files = visible.map((path, index) =>
    samples.file(`${folder}/${path}`, path.includes('empty') ? 0 : 5000 + index),
  );
  samples.file(`${folder}/.env`, 100);
  samples.file(`${folder}/.git/config`, 100);
  samples.file(`${folder}/drawings/Thumbs.db`, 100);
  await shareFolder(alice, `${samples.path}/${folder}`);
  await isListed(alice, folder);
  await expect(myShare(alice, folder)).toContainText('4 files');

  await finds(bob, `"${folder}"`, [folder]);
  await row(bob, folder).getByRole('button', { name: folder, exact: true }).click();
  await sees(bob, ['drawings', 'read me.txt']);
  await row(bob, 'drawings').getByRole('button', { name: 'drawings', exact: true }).click();
  await sees(bob, ['old', 'empty.txt', 'ground floor.svg']);
  await findsNothing(bob, `Thumbs owner:${alice.username}`);

  await finds(bob, `"${folder}"`, [folder]);
  await download(bob, folder);
  await bob.seesStatus(folder, 'done', 60_000);
  const saved = await saveAll(bob, folder);
  const named = ({ name, sha256 }: { name: string; sha256: string }) => `${name} ${sha256}`;
  const expected = visible.map((path, index) => ({ name: `${folder}/${path}`, sha256: files[index]!.sha256 }));
  expect(saved.map(named).sort()).toEqual(expected.map(named).sort());
});

test('its owner can look at a share as others see it', async () => {
  const folder = `${WORD} plans`;
  await isVerified(alice, folder);
  await manage(alice, folder, 'View as others see it');
  await expect(alice.page.getByText('This is what colleagues see of it.')).toBeInViewport();
  // What it is beside would only be in the way.
  await expect(myShare(alice, folder)).toHaveCount(0);
  await sees(alice, ['drawings', 'read me.txt']);
  await expect(row(alice, 'read me.txt')).toContainText('Verified');
  await expect(alice.page.getByRole('button', { name: /^(Stop sharing|Download) (read me|drawings)/ })).toHaveCount(0);
});

test('what is not shared any more is gone for others while they look: one file, then everything', async () => {
  await finds(alice, `${WORD} annual`, [REPORT, DRAFT]);
  await finds(bob, `${WORD} annual`, [REPORT, DRAFT]);
  await row(alice, DRAFT)
    .getByRole('button', { name: `Stop sharing ${DRAFT}`, exact: true })
    .click();
  await sees(bob, [REPORT]);
  await stopSharingEverything(alice);
  await seesNothing(bob);
  await findsNothing(bob, WORD);
});
