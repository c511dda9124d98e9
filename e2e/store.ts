// What a person does with the Store: gives room to others, puts files there, and sees how safe they are. Knows no internals
// but where a browser keeps what it keeps for others.
import { expect, type Locator } from '@playwright/test';
import type { Person } from './person.ts';

export async function goToStore({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: 'Store' }).first().click();
  await expect(page.getByRole('heading', { name: 'Store', level: 1 })).toBeVisible();
}

/** Says yes to what is suggested. */
export async function givesRoom(person: Person): Promise<void> {
  await goToStore(person);
  await person.page.getByRole('button', { name: /^Keep up to / }).click();
  await expect(person.page.getByRole('button', { name: /^Keep up to / })).toBeHidden();
}

export async function addToStore(person: Person, ...paths: string[]): Promise<void> {
  await goToStore(person);
  await person.page.getByLabel('Add to Store').setInputFiles(paths);
}

/** Among what this browser stores now. */
export function uploadOf({ page }: Person, name: string): Locator {
  return page.getByRole('listitem', { name, exact: true }).locator('[data-upload-status]');
}

export async function seesSafeToClose(person: Person, name: string, timeoutMs = 60_000): Promise<void> {
  await expect(uploadOf(person, name)).toHaveAttribute('data-safe-to-close', 'true', { timeout: timeoutMs });
}

/** A file in the list of what is stored. */
export function stored({ page }: Person, name: string): Locator {
  return page.getByRole('list', { name: 'Stored files' }).getByRole('listitem', { name, exact: true });
}

/** Begins to download it, which its page then tells of. */
export async function download(person: Person, name: string): Promise<void> {
  await goToStore(person);
  await stored(person, name).first().getByRole('link').click();
  await person.page.getByRole('button', { name: `Download ${name}` }).click();
}

/** What is kept here for others goes, and nothing more comes until it is allowed again. */
export async function wipe(person: Person): Promise<void> {
  await person.goTo('Settings');
  await person.page.getByRole('button', { name: 'Wipe' }).click();
  await person.page.getByRole('alertdialog').getByRole('button', { name: 'Wipe' }).click();
  await expect(person.page.getByLabel('Space for others')).toHaveValue('0');
}

/** In Settings, whatever was said before. */
export async function offersRoom(person: Person, gigabytes: number): Promise<void> {
  await person.goTo('Settings');
  await person.page.getByLabel('Space for others').fill(`${gigabytes}`);
  await expect(person.page.getByText(/ used by \d+ piece/)).toBeVisible();
}

/** Of all files that this browser keeps for others. */
export function bytesKeptForOthers({ page }: Person): Promise<number> {
  return page.evaluate(async () => {
    let bytes = 0;
    const look = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const handle of folder.values()) {
        if (handle.kind === 'directory') await look(handle as FileSystemDirectoryHandle);
        else bytes += (await (handle as FileSystemFileHandle).getFile()).size;
      }
    };
    const root = await navigator.storage.getDirectory();
    for await (const user of root.values()) {
      if (user.kind !== 'directory') continue;
      await look(await (user as FileSystemDirectoryHandle).getDirectoryHandle('columns'));
    }
    return bytes;
  });
}
