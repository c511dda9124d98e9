// Many tabs of one browser hear of the catalog over one subscription.
import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { Person } from './person.ts';
import { publishFiles } from './published-files.ts';

const WORD = `zq${randomUUID().slice(0, 8)}`;
const NEWS_MS = 20_000;

/** Subscriptions to the catalog's events that a tab holds at the moment. */
function subscriptionsOf(page: Page): () => number {
  const open = new Set<unknown>();
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (!String(payload).startsWith('{') && !String(payload).startsWith('[')) return;
      for (const { id, method, params } of [JSON.parse(String(payload))].flat()) {
        if (method === 'subscription' && params.path === 'catalog.watch') open.add(id);
        else if (method === 'subscription.stop') open.delete(id);
      }
    }),
  );
  return () => (page.isClosed() ? 0 : open.size);
}

test('tabs that show the catalog share one subscription, which outlives the tab that holds it', async () => {
  test.setTimeout(150_000);
  const [owner, visitor] = [await Person.join('owner'), await Person.join('visitor')];
  const address = new URL('/catalog', visitor.page.url());
  address.searchParams.set('q', WORD);
  const tabs: { page: Page; held: () => number }[] = [];
  const held = () => tabs.map((tab) => tab.held()).reduce((sum, count) => sum + count, 0);
  const seen = async (name: string) => {
    for (const { page } of tabs) {
      if (page.isClosed() || page === visitor.page) continue;
      await page.bringToFront();
      await expect(page.getByRole('button', { name: `Download ${name}` })).toBeVisible({ timeout: NEWS_MS });
    }
  };

  await test.step('one that shows something else needs none', async () => {
    tabs.push({ page: visitor.page, held: subscriptionsOf(visitor.page) });
    await visitor.page.reload();
    await visitor.onSendPage();
    // Whoever listens for news of kept searches is there after three seconds.
    await visitor.page.waitForTimeout(4500);
    expect(held()).toBe(0);
  });

  await test.step('three have one, and all of them hear', async () => {
    for (let tab = 0; tab < 3; tab++) {
      const page = await visitor.profile.context.newPage();
      tabs.push({ page, held: subscriptionsOf(page) });
      await page.goto(address.href);
      await expect(page.getByText(`Nothing matches “${WORD}”`)).toBeVisible();
    }
    await expect.poll(held).toBe(1);
    await publishFiles(owner.page, 'First', 1, () => `${WORD} one.txt`);
    await seen(`${WORD} one.txt`);
    expect(held()).toBe(1);
  });

  await test.step('when the one that holds it is closed, the others still hear', async () => {
    await tabs.find((tab) => tab.held() === 1)!.page.close();
    await expect.poll(held).toBe(1);
    await publishFiles(owner.page, 'Second', 1, () => `${WORD} two.txt`);
    await seen(`${WORD} two.txt`);
  });

  await test.step('when none shows it any more, there is none', async () => {
    for (const { page } of tabs) if (!page.isClosed()) await page.getByRole('link', { name: 'Send' }).first().click();
    await expect.poll(held).toBe(0);
  });
  await Promise.all([owner.close(), visitor.close()]);
});
