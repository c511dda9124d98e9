// `npm run test:large`: shares a folder of 100,000 files and fails when it takes a minute or the page freezes; then
// somebody else scrolls through it. Without hardware drawing, frames a second say little: the main thread's work does.
import { isListed, myShare, sharePicked } from '../catalog-owner.ts';
import { finds, row } from '../catalog-visitor.ts';
import { startFerry } from '../ferry-server.ts';
import { Person } from '../person.ts';
import { PickedFolder } from '../picked-folder.ts';
import { FrameMeter, type FrameReading } from './frame-meter.ts';

const FILES = Number(process.env.FERRY_LARGE_FILES ?? 100_000);
const LISTED_S = 60;
/** People see that a page hangs from here on. */
const FREEZE_MS = 500;
/** A sixtieth of a second. */
const FRAME_MS = 16.7;
const SCROLLED_MS = 10_000;
const FOLDER = 'a hundred thousand';

const server = await startFerry();
process.env.FERRY_URL = server.url;
const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
let failed = false;
try {
  await listed();
  await scrolled();
} finally {
  await Promise.all([alice.close(), bob.close()]);
  await server.dispose();
}
process.exit(failed ? 1 : 0);

async function listed(): Promise<void> {
  const folder = await PickedFolder.answers(alice.page, FOLDER);
  await folder.putEmpty('flat', FILES);
  const meter = await FrameMeter.start(alice.page);
  const startMs = performance.now();
  await sharePicked(alice, 'Share folder');
  await myShare(alice, FOLDER).waitFor();
  await isListed(alice, FOLDER, 10 * LISTED_S * 1000);
  const seconds = (performance.now() - startMs) / 1000;
  const frames = await meter.stop();
  report('listing', { files: FILES, seconds, ...frames });
  check(`${FILES} files were listed in ${seconds.toFixed(1)} s`, seconds < LISTED_S);
  // Gaps between frames are longer where other programs want the processor, too.
  check(`no task of the page took longer than ${frames.longestTaskMs.toFixed(0)} ms`, frames.longestTaskMs < FREEZE_MS);
}

async function scrolled(): Promise<void> {
  await finds(bob, `"${FOLDER}"`, [FOLDER]);
  await row(bob, FOLDER).getByRole('button', { name: FOLDER, exact: true }).click();
  await row(bob, 'flat').getByRole('button', { name: 'flat', exact: true }).click();
  await bob.page.locator(`[role=grid][aria-rowcount="${FILES + 1}"]`).waitFor();
  // A page in a third of a second, as with a wheel that is turned on and on.
  const meter = await FrameMeter.start(bob.page, { scrollByPx: 40 });
  await bob.page.waitForTimeout(SCROLLED_MS);
  const frames = await meter.stop();
  report('scrolling', { rows: FILES, ...frames });
  check(`half of the frames took ${frames.medianWorkMs.toFixed(1)} ms of work`, frames.medianWorkMs < FRAME_MS);
}

function report(name: string, figures: FrameReading & Record<string, number>): void {
  const rounded = Object.entries(figures).map(([key, value]) => [key, Number(value.toPrecision(4))] as const);
  console.log(JSON.stringify({ case: name, ...Object.fromEntries(rounded) }));
}

function check(what: string, passed: boolean): void {
  if (!passed) failed = true;
  console.log(`${passed ? '✓' : '✗'} ${what}`);
}
