import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { Person } from './person.ts';

/** What the design allows the page, compressed: scripts and styles until it can be used. */
const ALLOWED_BYTES = 110_000;
/** The engine loads behind the page: its worker, and its half in the page. */
const ENGINE = /\/(?:engine\.worker|desk)-/;

test('the first visit weighs little, and comes compressed', async () => {
  const visitor = await Person.join('visitor');
  const cache = await visitor.profile.context.newCDPSession(visitor.page);
  await cache.send('Network.clearBrowserCache');
  const weights = new Map<string, number>();
  const plain: string[] = [];
  visitor.page.on('response', async (response) => {
    const { pathname } = new URL(response.url());
    const isPart = response.status() === 200 && /\.(?:js|css)$/.test(pathname);
    if (!isPart || ENGINE.test(pathname)) return;
    const content = await response.body();
    weights.set(pathname, gzipSync(content, { level: 9 }).length);
    if (content.length > 1024 && !response.headers()['content-encoding']) plain.push(pathname);
  });
  await visitor.page.reload();
  await visitor.onSendPage();
  await visitor.page.waitForLoadState('networkidle');
  const totalBytes = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(`first visit: ${(totalBytes / 1000).toFixed(1)} kB in ${weights.size} files`);
  expect(weights.size).toBeGreaterThan(2);
  expect(plain).toEqual([]);
  expect(totalBytes).toBeLessThan(ALLOWED_BYTES);
  await visitor.close();
});
