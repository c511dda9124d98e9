// Starts a real Chromium with a profile of its own: one person's browser. Knows nothing of Ferry.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from '@playwright/test';

// As root Chromium runs only without its sandbox; the rest keeps it from looking for the internet.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A profile that was killed is opened again without a word about it.
  '--hide-crash-restore-bubble',
  // Windows that nobody looks at must not be slowed down.
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // The network service then is a process of its own, as on people's computers.
  '--disable-features=Translate',
];

/** Ample for what waits behind a slow disk. */
const ACTION_TIMEOUT_MS = 60_000;

/** How every Chromium of the tests is launched. */
export const CHROMIUM = {
  ...(process.env.FERRY_CHROMIUM && { executablePath: process.env.FERRY_CHROMIUM }),
  args: ARGS,
  // Without a UTF-8 locale Chromium on Linux does not find files whose names are not ASCII.
  env: { LANG: 'C.UTF-8', ...process.env },
};

/** Without windows that nobody looks at it starts in half the time. */
const WINDOWLESS = process.env.FERRY_CHROMIUM_SHELL;

export interface ProfileOptions extends Pick<BrowserContextOptions, 'viewport' | 'colorScheme' | 'reducedMotion'> {
  /** An existing profile; a new one is made and later deleted when absent. */
  profileDir?: string;
  args?: string[];
  /** Another Chromium than the usual one, and more variables for it. */
  executablePath?: string;
  env?: Record<string, string>;
}

export interface Profile {
  context: BrowserContext;
  profileDir: string;
  /** Where the files of origins are on the disk, such as those of the origin private file system. */
  originFilesDir: string;
  /** The browser starts again, after it was closed or killed, with what its profile kept. */
  restart(): Promise<Profile>;
  /** To every process of the browser: `SIGKILL` is a crash, `SIGSTOP` a computer that sleeps. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  close(): Promise<void>;
}

/** OPFS and IndexedDB need a persistent profile: in a private one their quota misleads. */
export async function openProfile(options: ProfileOptions = {}): Promise<Profile> {
  const dir = options.profileDir ?? mkdtempSync(join(tmpdir(), 'ferry-profile-'));
  return launch(dir, options, () => {
    if (!options.profileDir) rmSync(dir, { recursive: true, force: true });
  });
}

async function launch(dir: string, options: ProfileOptions, release: () => void): Promise<Profile> {
  const { profileDir: _, args = [], env, ...rest } = options;
  const context = await chromium.launchPersistentContext(dir, {
    ...CHROMIUM,
    // What the computer around it is, such as whom it trusts, is for the whole browser to know.
    ...(WINDOWLESS && !env && { executablePath: WINDOWLESS }),
    args: [...ARGS, ...args],
    env: { ...CHROMIUM.env, ...env },
    acceptDownloads: true,
    locale: 'en-GB',
    ...rest,
  });
  // Else a press on what is not there waits until the whole test is out of time, which says nothing of where.
  context.setDefaultTimeout(ACTION_TIMEOUT_MS);
  return {
    context,
    profileDir: dir,
    originFilesDir: join(dir, 'Default', 'File System'),
    async restart() {
      // One that was killed may be found gone in the middle of this.
      await context.close().catch(() => {});
      return launch(dir, options, release);
    },
    signal: (name) => process.kill(-leaderOf(dir), name),
    async close() {
      await context.close();
      release();
    },
  };
}

/** The browser's main process, which leads its process group. */
function leaderOf(profileDir: string): number {
  const found = execFileSync('pgrep', ['-o', '-f', '--', `--user-data-dir=${profileDir}`], { encoding: 'utf8' });
  return Number.parseInt(found, 10);
}
