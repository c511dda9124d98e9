// `npm run test:large`: moves a 5 GiB sparse file, compares what was stored by SHA-256, and fails when a
// renderer's memory rises more than 150 MiB above an idle page.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { measureFerry } from '../bench/ferry-transfer.ts';
import { ProcessMeter } from '../bench/process-meter.ts';
import { startFerry } from '../ferry-server.ts';
import { hashOfFile, Person } from '../person.ts';
import { SampleFolder } from '../sample-files.ts';

const GIB = 1024 ** 3;
const sizeBytes = Number(process.env.FERRY_LARGE_GIB ?? 5) * GIB;
const MEMORY_LIMIT_MIB = 150;

const server = await startFerry();
process.env.FERRY_URL = server.url;
const samples = new SampleFolder();
const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
let failed = false;
try {
  await alice.seesOnline(bob);
  const path = sparseFile();
  const sent = await hashOfFile(path);
  const meters = [alice, bob].map(({ profile }) => new ProcessMeter(profile.profileDir));
  for (const meter of meters) meter.start();
  const { seconds } = await measureFerry(
    alice,
    bob,
    'large.img',
    () => alice.page.getByLabel('Add files').setInputFiles(path),
    { keep: true },
  );
  const [sender, receiver] = meters.map((meter) => meter.stop());
  await bob.goTo('Receive');
  check('the saved bytes are the sent ones', (await bob.save('large.img')) === sent);
  check(`the sender's memory rose ${sender!.peakMemoryMiB.toFixed(0)} MiB`, sender!.peakMemoryMiB <= MEMORY_LIMIT_MIB);
  check(
    `the receiver's memory rose ${receiver!.peakMemoryMiB.toFixed(0)} MiB`,
    receiver!.peakMemoryMiB <= MEMORY_LIMIT_MIB,
  );
  console.log(
    JSON.stringify({ case: 'large-file', sizeBytes, seconds, MBps: sizeBytes / 1e6 / seconds, sender, receiver }),
  );
} finally {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
  await server.dispose();
}
process.exit(failed ? 1 : 0);

function check(what: string, passed: boolean): void {
  if (!passed) failed = true;
  console.log(`${passed ? '✓' : '✗'} ${what}`);
}

/** Takes no disk on the sender's side; marks around 2^32 and at the ends would betray a wrong offset. */
function sparseFile(): string {
  const path = join(samples.path, 'large.img');
  const handle = openSync(path, 'w');
  ftruncateSync(handle, sizeBytes);
  for (const at of [0, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, sizeBytes - 32]) {
    if (at < sizeBytes) writeSync(handle, `mark at ${at}`, at);
  }
  closeSync(handle);
  return path;
}
