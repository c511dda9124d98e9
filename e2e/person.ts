// A colleague with a browser of their own: what a person does with Ferry, in the words of its accessible
// names. Knows no internals.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Download, expect, type Locator, type Page } from '@playwright/test';
import { openProfile, type Profile, type ProfileOptions } from './browser.ts';

export const PASSWORD = 'correct horse battery';

/** The page's policy forbade something; the engine took a colleague's for an attack. */
const MISHAPS = /Content Security Policy|^Peer dropped/;

export class Person {
  readonly username: string;
  readonly page: Page;
  readonly profile: Profile;
  /** What went wrong in the page without anybody seeing it: uncaught errors, and all that the policy forbade. */
  readonly #mishaps: string[] = [];

  constructor(username: string, page: Page, profile: Profile) {
    this.username = username;
    this.page = page;
    this.profile = profile;
    page.on('pageerror', (error) => this.#mishaps.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (MISHAPS.test(message.text())) this.#mishaps.push(message.text());
    });
  }

  /** Registers under a name nobody has and stands on the Send page. */
  static async join(name: string, options: ProfileOptions & { url?: string } = {}): Promise<Person> {
    const person = await Person.open(`${name}.${randomUUID().slice(0, 6)}`, options);
    await person.register();
    return person;
  }

  /** A browser, not signed in. */
  static async open(username: string, { url, ...options }: ProfileOptions & { url?: string } = {}): Promise<Person> {
    const profile = await openProfile(options);
    const page = profile.context.pages()[0] ?? (await profile.context.newPage());
    const person = new Person(username, page, profile);
    await page.goto(`${url ?? process.env.FERRY_URL}/`);
    return person;
  }

  /** Their browser was closed or killed and is started again: the same person, with what their profile kept. */
  async back(): Promise<Person> {
    const url = this.page.url();
    const profile = await this.profile.restart();
    const person = new Person(this.username, profile.context.pages()[0] ?? (await profile.context.newPage()), profile);
    await person.page.goto(new URL('/', url).href);
    const signIn = person.page.getByRole('button', { name: 'Sign in' });
    await expect(signIn.or(person.page.getByRole('heading', { name: 'Send', level: 1 }))).toBeVisible();
    // Browsers write cookies to disk half a minute late.
    if (await signIn.isVisible()) await person.signIn();
    return person;
  }

  /** Another device of the same user. */
  async secondDevice(options: ProfileOptions = {}): Promise<Person> {
    const device = await Person.open(this.username, options);
    await device.signIn();
    return device;
  }

  async register(): Promise<void> {
    await this.page.goto(new URL('/register', this.page.url()).href);
    await this.page.getByLabel('Username').fill(this.username);
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.page.getByRole('button', { name: 'Create account' }).click();
    await this.onSendPage();
  }

  async signIn(password = PASSWORD): Promise<void> {
    await this.page.goto(new URL('/sign-in', this.page.url()).href);
    await this.page.getByRole('textbox', { name: 'Username' }).fill(this.username);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.onSendPage();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Account' }).click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(this.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  }

  async onSendPage(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Send', level: 1 })).toBeVisible();
  }

  /** A colleague among the people: their name, and where they are. */
  tileOf(other: Person): Locator {
    const button = this.page.getByRole('button', { name: other.username, exact: true });
    return this.page.getByRole('main').getByRole('listitem').filter({ has: button });
  }

  /** Of many who are away only the first are shown. */
  async looksFor(other: Person): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Find a person' }).fill(other.username);
  }

  async seesOnline(other: Person): Promise<void> {
    // Whoever is online is shown with the device they are at.
    await expect(this.tileOf(other)).toContainText('Chrome on');
  }

  /** Picks files by their paths on disk and sends them to a colleague. */
  async send(files: string | string[], to: Person | string): Promise<void> {
    await this.page.getByLabel('Add files').setInputFiles(files);
    await this.sendStaged(to);
  }

  async sendFolder(folder: string, to: Person | string): Promise<void> {
    await this.page.getByLabel('Add folder').setInputFiles(folder);
    await this.sendStaged(to);
  }

  async sendStaged(to: Person | string): Promise<void> {
    const box = this.page.getByRole('combobox', { name: 'To' });
    await box.fill(typeof to === 'string' ? to : to.username);
    await box.press('Enter');
    await this.page.getByRole('button', { name: /^Send / }).click();
  }

  /** Sets one of the limits under Settings; null takes it away. */
  async limit(name: 'Transfers at once' | 'Receive at most' | 'Send at most', value: number | null): Promise<void> {
    await this.goTo('Settings');
    const field = this.page.getByLabel(name);
    await field.fill(value === null ? '' : `${value}`);
    await field.press('Tab');
    await expect(this.page.getByRole('main').getByText('Saved', { exact: true })).toBeVisible();
    await this.goTo('Send');
  }

  /** A file that this browser cannot open any more is chosen again. */
  async chooseAgain(title: string, path: string): Promise<void> {
    await this.transfer(title).getByLabel('Choose the file again').setInputFiles(path);
  }

  requestFrom(other: Person): Locator {
    return this.page.getByRole('article', { name: `Request from ${other.username}` });
  }

  async accept(other: Person): Promise<void> {
    await this.requestFrom(other).first().getByRole('button', { name: 'Accept' }).click();
  }

  transfer(title: string): Locator {
    return this.page.getByRole('article', { name: title, exact: true });
  }

  async seesStatus(title: string, status: string | RegExp, timeoutMs = 20_000): Promise<void> {
    await expect(this.transfer(title).first()).toHaveAttribute('data-status', status, { timeout: timeoutMs });
  }

  /** How much of a transfer is there, in whole percent. */
  async percent(title: string): Promise<number> {
    const bar = this.transfer(title).getByRole('progressbar');
    return Number(await bar.getAttribute('aria-valuenow'));
  }

  /**
   * How many bytes of a transfer crossed the network so far, those that came twice among them. Look while it is
   * under way: the details then stay open, and there is no way to open them when it is done.
   */
  async movedBytes(title: string): Promise<number> {
    const row = this.transfer(title);
    // Each source of a download has its own, too.
    const moved = row.locator('dd[data-moved-bytes]');
    if (!(await moved.isVisible())) await row.getByTitle('Connection and pieces').click();
    return Number(await moved.getAttribute('data-moved-bytes'));
  }

  /** The named transfer is between these percentages: under way, and far from its end. */
  async seesUnderWay(title: string, from = 5, to = 90): Promise<void> {
    await expect(async () => {
      const percent = await this.percent(title);
      expect(percent).toBeGreaterThanOrEqual(from);
      expect(percent).toBeLessThanOrEqual(to);
    }).toPass({ timeout: 60_000, intervals: [100] });
  }

  async press(title: string, button: string): Promise<void> {
    await this.transfer(title).first().getByRole('button', { name: button, exact: true }).click();
  }

  async goTo(page: 'Send' | 'Receive' | 'Catalog' | 'Store' | 'Settings'): Promise<void> {
    await this.page.getByRole('link', { name: page }).first().click();
    await expect(this.page.getByRole('heading', { name: page, level: 1 })).toBeVisible();
  }

  received(name: string): Locator {
    return this.page.getByRole('list', { name: 'Received files' }).getByRole('listitem', { name, exact: true });
  }

  /** Saves a received file by download and returns the SHA-256 of what arrived on disk. */
  async save(name: string): Promise<string> {
    const item = this.received(name).first();
    await expect(item).toContainText('Verified');
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      item.getByRole('button', { name: 'Save' }).click(),
    ]);
    return hashOfDownload(download);
  }

  /** The browser dies at once, all its processes, without a goodbye. */
  kill(): void {
    this.profile.signal('SIGKILL');
  }

  /** The computer sleeps: sockets stay open and nobody answers. */
  freeze(): void {
    this.profile.signal('SIGSTOP');
  }

  /** It wakes up. */
  thaw(): void {
    this.profile.signal('SIGCONT');
  }

  /** Also fails the test for what went wrong unseen. */
  async close(): Promise<void> {
    await this.profile.close();
    expect(this.#mishaps).toEqual([]);
  }
}

async function hashOfDownload(download: Download): Promise<string> {
  return hashOfFile(await download.path());
}

export function hashOfFile(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    createReadStream(path)
      .on('data', (data) => hash.update(data))
      .on('end', () => resolve(hash.digest('hex')))
      .on('error', reject);
  });
}
