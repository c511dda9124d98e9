// What happens to networks, servers and computers while a transfer is under way. Each time it goes on by
// itself, what arrives is what was sent, and little of it crosses the network twice.
import { test } from './lab/lab-test.ts';
import { LongSend } from './long-send.ts';
import { type SampleFile, SampleFolder } from './sample-files.ts';

const TITLE = 'report.bin';
/** In the lab under way for ten seconds or more. */
const SIZE_BYTES = 40_000_000;

let samples: SampleFolder;
let file: SampleFile;
test.beforeAll(() => {
  samples = new SampleFolder();
  file = samples.file(TITLE, SIZE_BYTES);
});
test.afterAll(() => samples.delete());
test.describe.configure({ timeout: 150_000 });

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));

test('the cable is out for twelve seconds', async ({ alice, bob, fault }) => {
  const send = await LongSend.underWay(alice, bob, file);
  await fault('unplug', () => seconds(12));
  await send.movesOn(15_000);
  await send.arrives({ faults: 1 });
});

test('the cable is out for forty seconds: both sides say so and wait', async ({ alice, bob, fault }) => {
  const send = await LongSend.underWay(alice, bob, file);
  await fault('unplug', async () => {
    await seconds(38);
    await send.isStalled();
    await seconds(2);
  });
  await send.movesOn(15_000);
  await send.arrives({ faults: 1 });
});

test('the computer gets another address', async ({ alice, bob, lab, diary }) => {
  const send = await LongSend.underWay(alice, bob, file);
  lab.host('bob').changeAddress();
  diary.note('lab', 'another address');
  await send.movesOn(30_000, 5);
  await send.arrives({ faults: 1 });
});

test('packets vanish for twenty-five seconds', async ({ alice, bob, fault }) => {
  const send = await LongSend.underWay(alice, bob, file);
  await fault('mute', async () => {
    await seconds(24);
    await send.isStalled();
    await seconds(1);
  });
  await send.movesOn(15_000);
  await send.arrives({ faults: 1 });
});

test('the server restarts, and then the cable is out', async ({ alice, bob, server, fault, diary }) => {
  const folder = new SampleFolder();
  const long = folder.file(TITLE, 2.5 * SIZE_BYTES);
  const send = await LongSend.underWay(alice, bob, long);
  await server.stop();
  diary.note('lab', 'server stopped');
  await send.movesOn(5000);
  await seconds(3);
  await server.start();
  diary.note('lab', 'server started');
  await send.movesOn(5000);
  await fault('unplug', () => seconds(12));
  await send.movesOn(15_000);
  await send.arrives({ faults: 1 });
  folder.delete();
});

test('the computer sleeps for forty-five seconds', async ({ alice, bob, diary }) => {
  const send = await LongSend.underWay(alice, bob, file);
  bob.freeze();
  diary.note('lab', 'asleep');
  await seconds(45);
  bob.thaw();
  diary.note('lab', 'awake');
  await send.movesOn(10_000, 2);
  await send.arrives({ faults: 1 });
});
