import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { Person } from './person.ts';

/** What the design allows a first visit, compressed: scripts and styles, fonts and the engine's worker apart. */
const ALLOWED_BYTES = 110_000;

test('the first visit weighs little, and comes compressed', async () => {
  const visitor = await Person.open('visitor');
  const weights = new Map<string, number>();
  const plain: string[] = [];
  visitor.page.on('response', async (response) => {
    const { pathname } = new URL(response.url());
    if (!/\.(?:js|css)$/.test(pathname) || pathname.includes('worker')) return;
    const content = await response.body();
    weights.set(pathname, gzipSync(content, { level: 9 }).length);
    if (content.length > 1024 && !response.headers()['content-encoding']) plain.push(pathname);
  });
  await visitor.register();
  await visitor.page.waitForLoadState('networkidle');
  const totalBytes = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(`first visit: ${(totalBytes / 1000).toFixed(1)} kB in ${weights.size} files`);
  expect(plain).toEqual([]);
  expect(totalBytes).toBeLessThan(ALLOWED_BYTES);
  await visitor.close();
});
