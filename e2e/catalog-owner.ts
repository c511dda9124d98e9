// What somebody does who shares: lists files and folders, says for whom, sees who fetched them, takes them back. Knows
// nothing of those who look for them.
import { expect, type Locator } from '@playwright/test';
import type { Person } from './person.ts';

/** Everything that is shared waits for the slowest part: a folder is walked, published, and read to be verified. */
const LISTED_MS = 60_000;

export async function shareFiles(person: Person, files: string | string[]): Promise<void> {
  await person.goTo('Catalog');
  await person.page.getByLabel('Share files', { exact: true }).setInputFiles(files);
}

export async function shareFolder(person: Person, folder: string): Promise<void> {
  await person.goTo('Catalog');
  await person.page.getByLabel('Share folder', { exact: true }).setInputFiles(folder);
}

/** By the browser's own picker, which a test has answered: what comes of it can be opened again after a reload. */
export async function sharePicked(person: Person, what: 'Share files' | 'Share folder'): Promise<void> {
  await openShareMenu(person);
  await person.page.getByText(what, { exact: true }).click();
}

/** Something in the list "What you share". */
export function myShare(person: Person, title: string): Locator {
  const list = person.page.getByRole('list', { name: 'What you share' });
  return list.getByRole('article', { name: title, exact: true });
}

/** Everybody it is for can find it. */
export async function isListed(person: Person, title: string, timeoutMs = LISTED_MS): Promise<void> {
  await expect(myShare(person, title)).toHaveAttribute('data-status', 'listed', { timeout: timeoutMs });
}

/** The content ids of all of it are known. */
export async function isVerified(person: Person, title: string): Promise<void> {
  await expect(myShare(person, title)).toContainText('Listed and verified', { timeout: LISTED_MS });
}

export async function openMyShares(person: Person): Promise<void> {
  await openShareMenu(person);
  await person.page.getByRole('button', { name: /^What you share/ }).click();
}

/** What can be done with a share, folded where there are more than two. */
export async function manage(person: Person, title: string, action: string | RegExp): Promise<void> {
  const share = myShare(person, title);
  const toggle = share.getByRole('button', { name: `Manage ${title}`, exact: true });
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  await share
    .getByRole('button', { name: action })
    .or(share.getByRole('link', { name: action }))
    .click();
}

/** For chosen people only, from now on. */
export async function allowOnly(person: Person, title: string, people: readonly Person[]): Promise<void> {
  await manage(person, title, 'Change who may find it');
  await choosePeople(person, people);
}

/** What is shared from now on is for chosen people only. */
export async function shareOnlyWith(person: Person, people: readonly Person[]): Promise<void> {
  await openShareMenu(person);
  await person.page.getByRole('button', { name: 'Who may find it', exact: true }).click();
  await choosePeople(person, people);
}

/** How many megabytes a second all colleagues together may fetch; null is as many as can. */
export async function serveAtMost(person: Person, megabytesPerSecond: number | null): Promise<void> {
  await setServing(person, 'Serve at most', megabytesPerSecond === null ? '' : `${megabytesPerSecond}`);
}

/** How many people are served at once. */
export async function servePeople(person: Person, atOnce: number): Promise<void> {
  await setServing(person, 'People at once', `${atOnce}`);
}

async function setServing(person: Person, label: string, value: string): Promise<void> {
  await person.goTo('Settings');
  const field = person.page.getByLabel(label);
  await field.fill(value);
  await field.press('Tab');
  await expect(person.page.locator('[aria-live=polite]').filter({ hasText: 'Saved' })).toHaveCount(1);
  await person.goTo('Catalog');
}

export async function stopSharingEverything(person: Person): Promise<void> {
  await openMyShares(person);
  await person.page.getByRole('button', { name: 'Stop sharing everything' }).click();
  await person.page.getByRole('alertdialog').getByRole('button', { name: 'Stop sharing everything' }).click();
}

async function openShareMenu(person: Person): Promise<void> {
  await person.goTo('Catalog');
  await person.page.getByRole('button', { name: 'Share something' }).click();
}

async function choosePeople(person: Person, people: readonly Person[]): Promise<void> {
  const dialog = person.page.getByRole('dialog');
  await dialog.getByText('Chosen people', { exact: true }).click();
  for (const chosen of await dialog.getByRole('button', { name: /^Remove / }).all()) await chosen.click();
  const box = dialog.getByRole('combobox', { name: 'Find a colleague' });
  for (const { username } of people) {
    await box.fill(username);
    await expect(dialog.getByRole('option', { name: username })).toBeVisible();
    await box.press('Enter');
  }
  await expect(dialog.getByRole('status')).toContainText(`${people.length} `);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}
