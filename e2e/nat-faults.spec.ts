// What happens to routers, relays and servers while a transfer crosses them. Each time it goes on by itself, what
// arrives is what was sent, and little of it crosses the network twice.
import { test } from './lab/gather-test.ts';
import { Lab } from './lab/lab.ts';
import type { NatKind } from './lab/nat-kind.ts';
import { LongSend } from './long-send.ts';
import { type SampleFile, SampleFolder } from './sample-files.ts';

let samples: SampleFolder;
let file: SampleFile;
test.beforeAll(() => {
  samples = new SampleFolder();
  file = samples.file('report.bin', 40_000_000);
});
test.afterAll(() => samples.delete());
test.describe.configure({ timeout: 150_000 });

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));

const between = (alice: NatKind, bob: NatKind) => Lab.sites({ alice, bob }, ['server', 'turn']);

test('relayed: the computer gets another address', async ({ gather, diary }) => {
  const lab = between('sym', 'sym');
  const { alice, bob } = await gather(lab, { relay: ['udp'] });
  const send = await LongSend.underWay(alice, bob, file);
  await send.goesBy('relayed');
  lab.host('bob').changeAddress();
  diary.note('lab', 'another address');
  await send.movesOn(30_000, 5);
  await send.arrives({ faults: 1 });
});

test('relayed: the line is down for forty seconds', async ({ gather, diary }) => {
  const lab = between('sym', 'sym');
  const { alice, bob } = await gather(lab, { relay: ['udp'] });
  const send = await LongSend.underWay(alice, bob, file);
  await send.goesBy('relayed');
  lab.router('bob').unplug();
  diary.note('lab', 'line down');
  await seconds(38);
  await send.isStalled();
  await seconds(2);
  lab.router('bob').plug();
  diary.note('lab', 'line up');
  await send.movesOn(20_000);
  await send.arrives({ faults: 1 });
});

for (const [transport, kind] of [
  ['udp', 'sym'],
  ['tcp', 'noudp'],
] as const)
  test(`relayed by ${transport}: the relay restarts`, async ({ gather, diary }) => {
    const { alice, bob, coturn } = await gather(between(kind, kind), { relay: [transport] });
    const send = await LongSend.underWay(alice, bob, file);
    await send.goesBy('relayed');
    await coturn.restart();
    diary.note('lab', 'relay restarted');
    await send.movesOn(30_000, 5);
    await send.arrives({ faults: 1 });
  });

test('relayed: the server restarts, and nothing stops', async ({ gather, diary }) => {
  const { alice, bob, server } = await gather(between('sym', 'sym'), { relay: ['udp'] });
  const send = await LongSend.underWay(alice, bob, file);
  await send.goesBy('relayed');
  await server.stop();
  diary.note('lab', 'server stopped');
  await send.movesOn(5000);
  await seconds(3);
  await server.start();
  diary.note('lab', 'server started');
  await send.arrives({ faults: 0 });
});

test('relayed: a router forgets its conversations', async ({ gather, diary }) => {
  const lab = between('sym', 'sym');
  const { alice, bob } = await gather(lab, { relay: ['udp'] });
  const send = await LongSend.underWay(alice, bob, file);
  await send.goesBy('relayed');
  lab.router('bob').forgetConversations();
  diary.note('lab', 'conversations forgotten');
  await send.movesOn(30_000, 5);
  await send.arrives({ faults: 1 });
});

test('direct: a router forgets its conversations', async ({ gather, diary }) => {
  const lab = between('cone', 'cone');
  const { alice, bob } = await gather(lab);
  const send = await LongSend.underWay(alice, bob, file);
  await send.goesBy('direct');
  lab.router('bob').forgetConversations();
  diary.note('lab', 'conversations forgotten');
  await send.movesOn(30_000, 5);
  await send.arrives({ faults: 1 });
});

test('direct: the provider gives a router another address', async ({ gather, diary }) => {
  const lab = between('cone', 'cone');
  const { alice, bob } = await gather(lab);
  const send = await LongSend.underWay(alice, bob, file);
  await send.goesBy('direct');
  lab.router('bob').changeAddress();
  diary.note('lab', 'another address outside');
  await send.movesOn(30_000, 5);
  await send.arrives({ faults: 1 });
});
