// How smoothly a folder of a hundred thousand files scrolls: the real page on the real server, in a Chromium without a
// graphics card. Says what each frame cost the page itself, and how far apart the frames were with all of the drawing
// done in software as well; with hardware that draws, only the first of the two is left.
import type { CDPSession, Page } from '@playwright/test';
import { startFerry } from '../ferry-server.ts';
import { Person } from '../person.ts';
import { publishFiles } from '../published-files.ts';

const FILE_COUNT = Number(process.argv[2] ?? 100_000);
const SCROLL_MS = 5000;
/** The frame rate that the issue asks for. */
const WANTED_FRAME_MS = 20;
const JUMPS = 20;

interface Frames {
  gapsMs: number[];
  /** Rows in view that were not loaded, added up over all frames, and all rows in view. */
  emptyRows: number;
  rows: number;
}

const server = await startFerry();
process.env.FERRY_URL = server.url;
const people: Person[] = [];
try {
  const owner = await joined('Dara.Nguyen');
  const shareId = await published(owner.page);
  const visitor = await joined('Noor.Haddad');
  await visitor.page.goto(`${server.url}/catalog/browse/${shareId}`);
  await visitor.page
    .getByRole('row', { name: /take 00000/ })
    .first()
    .waitFor();
  const cdp = await visitor.page.context().newCDPSession(visitor.page);
  // Processor time, not what the clock says: other programs on this computer must not count.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  for (const [name, pixelsPerFrame] of [
    ['read', 8],
    ['wheel', 60],
    ['flung', 2000],
  ] as const) {
    await report(name, pixelsPerFrame, visitor.page, cdp);
  }
  await reportJumps(visitor.page);
  const inDom = await visitor.page.locator('tbody tr').count();
  console.log(`rows in the document: ${inDom}`);
} finally {
  await Promise.all(people.map((person) => person.close()));
  await server.dispose();
}

async function joined(username: string): Promise<Person> {
  const person = await Person.open(username, { viewport: { width: 1440, height: 900 } });
  people.push(person);
  await person.register();
  return person;
}

async function published(page: Page): Promise<string> {
  const startedAt = performance.now();
  const shareId = await publishFiles(
    page,
    'Footage',
    FILE_COUNT,
    (index) => `take ${String(index).padStart(6, '0')}.mov`,
  );
  console.log(`published ${FILE_COUNT} files in ${seconds(performance.now() - startedAt)}`);
  return shareId;
}

async function report(name: string, pixelsPerFrame: number, page: Page, cdp: CDPSession): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0));
  const before = await busyMs(cdp);
  const { gapsMs, emptyRows, rows } = await scrolled(page, pixelsPerFrame);
  const own = ((await busyMs(cdp)) - before) / gapsMs.length;
  const sorted = [...gapsMs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  const inTime = gapsMs.filter((gap) => gap <= WANTED_FRAME_MS).length / gapsMs.length;
  console.log(
    [
      `${name}, ${pixelsPerFrame} px a frame: the page itself ${own.toFixed(1)} ms a frame`,
      `frames apart p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms in software`,
      `${Math.round(inTime * 100)} % of ${gapsMs.length} within ${WANTED_FRAME_MS} ms`,
      `${((emptyRows / rows) * 100).toFixed(1)} % of rows not loaded yet`,
    ].join('; '),
  );
}

function scrolled(page: Page, pixelsPerFrame: number): Promise<Frames> {
  return page.evaluate(
    ([step, durationMs]) =>
      new Promise<Frames>((resolve) => {
        const frames: Frames = { gapsMs: [], emptyRows: 0, rows: 0 };
        const startedAt = performance.now();
        let last = startedAt;
        requestAnimationFrame(function frame(now) {
          if (last !== startedAt) frames.gapsMs.push(now - last);
          last = now;
          for (const row of document.querySelectorAll('tbody tr')) {
            const { top, bottom } = row.getBoundingClientRect();
            if (bottom < 0 || top > innerHeight) continue;
            frames.rows++;
            if (row.ariaBusy) frames.emptyRows++;
          }
          window.scrollBy(0, step);
          if (now - startedAt < durationMs) requestAnimationFrame(frame);
          else resolve(frames);
        });
      }),
    [pixelsPerFrame, SCROLL_MS] as const,
  );
}

/** Processor time that the page's main thread has spent on scripts, styles and layout so far. */
async function busyMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return 1000 * (of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration'));
}

/** As somebody who drags the scroll bar: anywhere, and then waits for what is there. */
async function reportJumps(page: Page): Promise<void> {
  const tookMs: number[] = [];
  for (let jump = 1; jump <= JUMPS; jump++) {
    const startedAt = performance.now();
    await page.evaluate((share) => window.scrollTo(0, document.body.scrollHeight * share), (jump * 0.618) % 1);
    await page.waitForFunction(() => {
      const middle = document
        .elementsFromPoint(innerWidth / 2, innerHeight - 100)
        .find(({ tagName }) => tagName === 'TR');
      return middle !== undefined && !middle.ariaBusy;
    });
    tookMs.push(performance.now() - startedAt);
  }
  tookMs.sort((a, b) => a - b);
  console.log(`jumps: loaded after p50 ${seconds(tookMs[JUMPS / 2]!)}, at most ${seconds(tookMs.at(-1)!)}`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
