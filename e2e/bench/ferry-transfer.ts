// One transfer through the whole product, timed from the click on Accept to verified: what a user waits for.
import type { Page } from '@playwright/test';
import type { Person } from '../person.ts';

export interface FerryResult {
  seconds: number;
  firstByteMs: number;
  /** Longest time without progress, as the page shows it (about ten times a second). */
  longestGapMs: number;
}

const TIMEOUT_MS = 30 * 60_000;

/** `stage` puts files into the sender's composer; `keep` leaves what was received in its list. */
export async function measureFerry(
  sender: Person,
  receiver: Person,
  title: string,
  stage: () => Promise<void>,
  options: { keep?: boolean } = {},
): Promise<FerryResult> {
  await sender.goTo('Send');
  await stage();
  await sender.sendStaged(receiver);
  await receiver.requestFrom(sender).first().waitFor();
  const measured = await watch(receiver.page, title, sender.username);
  await sender.seesStatus(title, 'done');
  if (!options.keep) await tidyUp(sender, receiver);
  return measured;
}

/** Everything is observed inside the page: no driver's round trip is in the figures. */
function watch(page: Page, title: string, from: string): Promise<FerryResult> {
  return page.evaluate(
    async ({ title, from, timeoutMs }) => {
      const nameOf = (article: HTMLElement) =>
        article.ariaLabel ?? article.ariaLabelledByElements?.map(({ textContent }) => textContent?.trim()).join(' ');
      const labelled = (name: string) =>
        [...document.querySelectorAll<HTMLElement>('article')].find((article) => nameOf(article) === name);
      const accept = [...labelled(`Request from ${from}`)!.querySelectorAll('button')].find((button) =>
        button.textContent?.includes('Accept'),
      );
      accept!.click();
      const startMs = performance.now();
      let firstMs = 0;
      let lastMs = startMs;
      let longestGapMs = 0;
      let lastValue = '';
      while (performance.now() - startMs < timeoutMs) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        const row = labelled(title);
        const value = row?.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? '';
        const nowMs = performance.now();
        if (value !== lastValue && value !== '' && value !== '0') {
          firstMs ||= nowMs;
          if (lastMs !== startMs) longestGapMs = Math.max(longestGapMs, nowMs - lastMs);
          lastMs = nowMs;
        }
        lastValue = value;
        const status = row?.dataset.status;
        if (status === 'done')
          return { seconds: (nowMs - startMs) / 1000, firstByteMs: firstMs - startMs, longestGapMs };
        if (status === 'failed' || status === 'cancelled') throw new Error(`The transfer ended as ${status}`);
      }
      throw new Error('The transfer took too long');
    },
    { title, from, timeoutMs: TIMEOUT_MS },
  );
}

/** Every round starts with empty lists and an empty store. */
async function tidyUp(sender: Person, receiver: Person): Promise<void> {
  for (const { page } of [sender, receiver]) await page.getByRole('button', { name: 'Clear finished' }).click();
  await receiver.goTo('Receive');
  await receiver.page.getByRole('button', { name: 'Clear all' }).click();
  await receiver.page.getByRole('alertdialog').getByRole('button', { name: /Clear/ }).click();
}
