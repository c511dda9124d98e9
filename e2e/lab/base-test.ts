// `test` for whatever happens in a lab: skipped, with the reason, where none can be made, and with a diary that is
// printed when it fails. Knows no lab.
import { test as base } from '@playwright/test';
import { Diary } from './diary.ts';
import { obstacle } from './obstacle.ts';

interface Notes {
  /** What the browsers went through: printed when the test fails, and always with FERRY_LAB_DIARY set. */
  diary: Diary;
  labIsPossible: undefined;
}

export const test = base.extend<Notes, { obstacle: string | undefined }>({
  obstacle: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const found = obstacle();
      if (found) console.log(`No network lab on this machine, so its tests are skipped: ${found}`);
      await use(found);
    },
    { scope: 'worker' },
  ],
  labIsPossible: [
    async ({ obstacle }, use, info) => {
      info.skip(obstacle !== undefined, obstacle);
      await use(undefined);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  diary: async ({}, use, info) => {
    const diary = new Diary();
    await use(diary);
    if (info.status !== info.expectedStatus || process.env.FERRY_LAB_DIARY) console.log(`${diary}`);
  },
});
