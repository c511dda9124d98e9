// For whom something is: for others it is neither shown nor counted, not even to who guesses, and it ends for whoever is
// taken out.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { askCatalog, catalogData, deviceIdOf, placeOf } from './catalog-api.ts';
import { allowOnly, isListed, serveAtMost, shareFiles, shareFolder, shareOnlyWith } from './catalog-owner.ts';
import { download, finds, findsNothing, row, seesNothing } from './catalog-visitor.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

const WORD = `zq${randomUUID().slice(0, 8)}`;
let samples: SampleFolder;
let alice: Person;
let bob: Person;
let carol: Person;
test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  samples = new SampleFolder();
  [alice, bob, carol] = await Promise.all([Person.join('alice'), Person.join('bob'), Person.join('carol')]);
  await alice.seesOnline(bob);
});
test.afterAll(async () => {
  await Promise.all([alice.close(), bob.close(), carol.close()]);
  samples.delete();
});

const FOLDER = `${WORD} salaries`;

test('what is shared with one colleague, another one neither sees nor counts', async () => {
  samples.file(`${FOLDER}/2025/table.xlsx`, 4000);
  await shareOnlyWith(alice, [bob]);
  await shareFolder(alice, `${samples.path}/${FOLDER}`);
  await isListed(alice, FOLDER);
  await bob.goTo('Catalog');
  await finds(bob, `"${FOLDER}"`, [FOLDER]);
  await finds(bob, `table owner:${alice.username}`, ['table.xlsx']);

  await carol.goTo('Catalog');
  await findsNothing(carol, `"${FOLDER}"`);
  await expect(carol.page.getByRole('main')).toContainText('Nothing found');
  await findsNothing(carol, `table owner:${alice.username}`);
  // Not even that she shares something.
  await expect(carol.page.getByRole('list', { name: 'Shared by' }).getByText(alice.username)).toHaveCount(0);
  await carol.page.getByRole('link', { name: 'Browse' }).click();
  await expect(carol.page.getByRole('main').getByText(alice.username)).toHaveCount(0);
});

test('a guessed id is answered as one that never was, to the last byte', async () => {
  const { shareId } = await placeOf(bob, `"${FOLDER}"`);
  const deviceId = await deviceIdOf(carol);
  const questions = {
    details: { path: '' },
    children: { path: '2025', offset: 0, limit: 10 },
    grant: { path: '2025/table.xlsx', deviceId },
  };
  for (const [procedure, input] of Object.entries(questions)) {
    const guessed = await askCatalog(carol, procedure, { ...input, shareId });
    expect(guessed.status, procedure).toBe(404);
    expect(await askCatalog(carol, procedure, { ...input, shareId: randomUUID() })).toEqual(guessed);
    const allowed = procedure === 'grant' ? { ...input, deviceId: await deviceIdOf(bob) } : input;
    expect((await askCatalog(bob, procedure, { ...allowed, shareId })).status, procedure).toBe(200);
  }
  await carol.page.goto(new URL(`/catalog/browse/${shareId}`, carol.page.url()).href);
  await expect(carol.page.getByText('This is not shared any more')).toBeVisible();
});

test('leave to fetch is for one’s own device alone', async () => {
  const place = await placeOf(bob, `"${FOLDER}"`);
  const grant = { ...place, deviceId: await deviceIdOf(bob) };
  const { grants } = await catalogData<{ grants: { deviceId: string }[] }>(bob, 'grant', grant);
  expect(grants.map(({ deviceId }) => deviceId)).toEqual([await deviceIdOf(alice)]);
  const foreign = await askCatalog(bob, 'grant', { ...place, deviceId: await deviceIdOf(alice) });
  expect(foreign.status).toBe(403);
});

test('whoever is taken out while fetching gets no more, and is told so', async () => {
  const name = `${WORD} long.bin`;
  const file = samples.file(name, 60_000_000);
  await serveAtMost(alice, 2);
  await shareFiles(alice, file.path);
  await isListed(alice, name);
  await finds(bob, name, [name]);
  await download(bob, name);
  await bob.seesUnderWay(name, 5, 60);

  await allowOnly(alice, name, [carol]);
  await expect(bob.transfer(name)).toContainText('is not in the catalog any more', { timeout: 30_000 });
  await bob.seesStatus(name, 'failed');
  await seesNothing(bob);
  const held = await bob.percent(name);
  await bob.page.waitForTimeout(3000);
  expect(await bob.percent(name)).toBe(held);
  expect(held).toBeLessThan(90);

  // The other one may have it now.
  await serveAtMost(alice, null);
  await carol.goTo('Catalog');
  await finds(carol, name, [name]);
  await download(carol, name);
  await carol.seesStatus(name, 'done', 90_000);
  await expect(row(carol, name)).toContainText('You have this');
  await carol.goTo('Receive');
  expect(await carol.save(name)).toBe(file.sha256);
});
