// What somebody does who looks for something in the catalog: searches, reads the rows, fetches. Knows nothing of those who
// share it.
import { expect, type Locator } from '@playwright/test';
import type { Person } from './person.ts';

/** Something new is published, told to whoever watches, and asked for again. */
const NEWS_MS = 20_000;

/** Types it as a person does, letter by letter, and waits for the answer to the last one. */
export async function search(person: Person, text: string): Promise<void> {
  const { page } = person;
  const box = page.getByRole('searchbox', { name: 'Search catalog' });
  if (!(await box.isVisible())) await person.goTo('Catalog');
  // Asked already: nothing is asked twice.
  if ((await box.inputValue()) === text) return;
  const answered = answerTo(person, text);
  await box.fill('');
  await box.pressSequentially(text, { delay: 15 });
  await answered;
}

/** Of what is typed, the last letter is what counts: earlier answers make way for its own. */
export async function answerTo(person: Person, text: string): Promise<void> {
  await person.page.waitForResponse(
    (response) =>
      response.url().includes('/trpc/catalog.search') && response.request().postDataJSON().query === text.trim(),
  );
}

/** Searches, and finds just these, in whatever order; also what comes a moment later. */
export async function finds(person: Person, text: string, names: readonly string[]): Promise<void> {
  await search(person, text);
  await sees(person, names);
}

/** Just these are in the list, without anything being done for it. */
export async function sees(person: Person, names: readonly string[]): Promise<void> {
  await expect
    .poll(async () => (await namesInSight(person)).toSorted(), { timeout: NEWS_MS })
    .toEqual([...names].toSorted());
}

export async function findsNothing(person: Person, text: string): Promise<void> {
  await search(person, text);
  await seesNothing(person);
}

export async function seesNothing(person: Person): Promise<void> {
  await expect(person.page.getByRole('main').getByText(/^Nothing matches/)).toBeVisible({ timeout: NEWS_MS });
  expect(await namesInSight(person)).toEqual([]);
}

/** A file or folder in the list. */
export function row(person: Person, name: string): Locator {
  const title = person.page.getByRole('rowheader').getByRole('button', { name, exact: true });
  return grid(person).getByRole('row').filter({ has: title });
}

/** One press: it is in the tray. */
export async function download(person: Person, name: string): Promise<void> {
  await row(person, name)
    .getByRole('button', { name: `Download ${name}`, exact: true })
    .click();
  await expect(person.transfer(name).first()).toBeVisible();
}

/** How many people it comes from, as the row says; what is verified at each of them counts as one result. */
export async function seesSources(person: Person, name: string, count: number): Promise<void> {
  await expect(row(person, name)).toContainText(`${count} sources`, { timeout: 60_000 });
}

/** All there is to know of an entry, as a sheet. */
export async function openDetails(person: Person, name: string): Promise<Locator> {
  await row(person, name).getByRole('button', { name, exact: true }).click();
  return person.page.getByRole('dialog', { name });
}

/** How many bytes of a download came from each of its sources so far; the transfer's details must be open. */
export async function bytesBySource(person: Person, title: string): Promise<number[]> {
  const sources = person.transfer(title).getByRole('list', { name: 'Comes from' }).getByRole('listitem');
  return sources.evaluateAll((items) => items.map((item) => Number(item.getAttribute('data-moved-bytes'))));
}

export async function openTransferDetails(person: Person, title: string): Promise<void> {
  const toggle = person.transfer(title).getByTitle('Connection and pieces');
  if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click();
}

function grid(person: Person): Locator {
  return person.page.getByRole('grid', { name: 'Catalog' });
}

function namesInSight(person: Person): Promise<string[]> {
  const titles = grid(person).getByRole('rowheader').getByRole('button');
  return titles.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('title') ?? ''));
}
