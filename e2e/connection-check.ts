// The connection check as a person uses it: opened from Settings, read, copied for the help desk. Knows no internals.
import { expect, type Locator } from '@playwright/test';
import type { Person } from './person.ts';

/** Six steps of five seconds at most, on a busy machine. */
const PATIENCE_MS = 60_000;

export type Outcome = 'Fine' | 'Worth knowing' | 'Wrong';

export class ConnectionCheck {
  readonly #person: Person;
  readonly dialog: Locator;

  private constructor(person: Person) {
    this.#person = person;
    this.dialog = person.page.getByRole('dialog', { name: 'Connection check' });
  }

  /** By keyboard alone, from wherever the focus is. */
  static async open(person: Person): Promise<ConnectionCheck> {
    const check = new ConnectionCheck(person);
    await person.goTo('Settings');
    await person.page.getByRole('button', { name: 'Check connection' }).focus();
    await person.page.keyboard.press('Enter');
    await expect(check.dialog).toBeVisible();
    return check;
  }

  step(name: string): Locator {
    return this.dialog.getByRole('listitem').filter({ has: this.#person.page.getByText(name, { exact: true }) });
  }

  async ends(): Promise<void> {
    await expect(this.dialog.getByText(/^Checking…/)).toHaveCount(0, { timeout: PATIENCE_MS });
    await expect(this.dialog.locator('[data-tone="checking"]')).toHaveCount(0);
  }

  async sees(outcomes: Record<string, Outcome>): Promise<void> {
    for (const [name, outcome] of Object.entries(outcomes)) await expect(this.step(name), name).toContainText(outcome);
  }

  /** What is on the clipboard after pressing the button with the keyboard. */
  async copiedText(): Promise<string> {
    const { page, profile } = this.#person;
    await profile.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.dialog.getByRole('button', { name: 'Copy as text' }).focus();
    await page.keyboard.press('Enter');
    await expect(this.dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  }

  async close(): Promise<void> {
    await this.#person.page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }
}
