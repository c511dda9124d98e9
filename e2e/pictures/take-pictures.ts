// `npm run pictures`: takes the pictures of the documentation from the running product, so that they do not
// age. Real people with real browsers hand real files to each other; knows no internals.
import { closeSync, openSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, expect } from '@playwright/test';
import { CHROMIUM } from '../browser.ts';
import { startFerry } from '../ferry-server.ts';
import { Person } from '../person.ts';
import { SampleFolder } from '../sample-files.ts';

const IMAGES = fileURLToPath(new URL('../../docs/images', import.meta.url));
const VIEW = { viewport: { width: 1440, height: 900 } };
const LOOKING_ON = ['Elif.Demir', 'Bruno.Alves', 'Ana.Petrova', 'Femi.Adeyemi', 'Hugo.Laurent'];

const server = await startFerry();
process.env.FERRY_URL = server.url;
const samples = new SampleFolder();
const crowd = await chromium.launch(CHROMIUM);
const people: Person[] = [];
try {
  const noor = await joined('Noor.Haddad');
  const [dara, grace, chen] = [await joined('Dara.Nguyen'), await joined('Grace.Okafor'), await joined('Chen.Wei')];
  for (const name of LOOKING_ON) await lookOn(crowd, name, noor);
  await busy(noor, { dara, grace, chen });
  // The offer to notify, which is asked after the first transfer, is no part of the picture.
  for (const close of await noor.page.getByRole('button', { name: 'Close', exact: true }).all()) await close.click();
  const progress = noor.transfer('site-survey-4k.mov').getByRole('progressbar');
  await expect(progress).toHaveAttribute('aria-valuetext', /^[4-9]\d%/, { timeout: 120_000 });
  await noor.page.screenshot({ path: join(IMAGES, 'send.png') });
} finally {
  await Promise.all(people.map((person) => person.close()));
  await crowd.close();
  samples.delete();
  await server.dispose();
}

async function joined(username: string): Promise<Person> {
  const person = await Person.open(username, VIEW);
  people.push(person);
  await person.register();
  return person;
}

/** Somebody who is there, or, in one case, was. */
async function lookOn(browser: Browser, username: string, noor: Person): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}/register`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill('a password to look on with');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Send', level: 1 }).waitFor();
  const tile = noor.page.getByRole('main').getByRole('listitem').filter({ hasText: username });
  await expect(tile).toContainText('Chrome on');
  if (username === 'Hugo.Laurent') await context.close();
}

/** A request, a transfer each way, one that is over, and the next one being put together. */
async function busy(noor: Person, others: { dara: Person; grace: Person; chen: Person }): Promise<void> {
  const { dara, grace, chen } = others;
  const handbook = samples.file('Onboarding handbook.pdf', 2_100_000).path;
  await dara.send(handbook, noor);
  await noor.accept(dara);
  await noor.seesStatus('Onboarding handbook.pdf', 'done');
  await dara.send(sparse('site-survey-4k.mov', 400_000_000), noor);
  await noor.accept(dara);
  await noor.send(sparse('Q3 board pack.zip', 300_000_000), grace);
  await grace.accept(noor);
  await chen.sendFolder(folder('Invoices 2026', 12, 280_000), noor);
  await noor.requestFrom(chen).waitFor();
  await noor.page.getByLabel('Add files').setInputFiles(sparse('Launch film, final cut.mov', 1_100_000_000));
  await noor.page.getByLabel('Add folder').setInputFiles(folder('Press photos', 48, 590_000));
  await noor.page.getByRole('combobox', { name: 'To' }).fill('Elif.Demir');
  await noor.page.getByRole('combobox', { name: 'To' }).press('Enter');
}

/** A large file that takes no room on this disk. */
function sparse(name: string, sizeBytes: number): string {
  const path = join(samples.path, name);
  closeSync(openSync(path, 'w'));
  truncateSync(path, sizeBytes);
  return path;
}

function folder(name: string, count: number, sizeBytes: number): string {
  for (let index = 1; index <= count; index++) samples.file(`${name}/${name} ${index}.jpg`, sizeBytes);
  return join(samples.path, name);
}
