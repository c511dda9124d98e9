// `npm run bench`: goodput of the whole product beside the raw data channel, alternating in one run. Prints
// a JSON line a case and a table. Ratios are what counts: absolutes drift with the machine.
import { parseArgs } from 'node:util';
import { startFerry } from '../ferry-server.ts';
import { Person } from '../person.ts';
import { SampleFolder } from '../sample-files.ts';
import { type FerryResult, measureFerry } from './ferry-transfer.ts';
import { type MeterReading, ProcessMeter } from './process-meter.ts';
import { measureRawChannel, type RawResult } from './raw-channel.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    mib: { type: 'string', default: '256' },
    /** Also ten thousand files of one kibibyte. */
    many: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const MIB = 1024 * 1024;
const rounds = Number(values.rounds);
const totalBytes = Number(values.mib) * MIB;

/** The quickest fixed pacing between two processes on one machine; docs/performance.md has the search. */
const RAW = { messageBytes: 32 * 1024, windowBytes: 64 * 1024 };

interface Round {
  raw: RawResult;
  ferry: FerryResult;
  senderLoad: MeterReading;
  receiverLoad: MeterReading;
}

const server = await startFerry();
process.env.FERRY_URL = server.url;
const samples = new SampleFolder();
const [alice, bob] = await Promise.all([Person.join('alice'), Person.join('bob')]);
try {
  await alice.seesOnline(bob);
  await benchBigFile();
  if (values.many) await benchManyFiles();
} finally {
  await Promise.all([alice.close(), bob.close()]);
  samples.delete();
  await server.dispose();
}

async function benchBigFile(): Promise<void> {
  const file = samples.file('big.bin', totalBytes);
  const results: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const raw = await measureRawChannel(alice.page, bob.page, { ...RAW, totalBytes });
    const [senderMeter, receiverMeter] = [alice, bob].map(({ profile }) => new ProcessMeter(profile.profileDir)) as [
      ProcessMeter,
      ProcessMeter,
    ];
    senderMeter.start();
    receiverMeter.start();
    const ferry = await measureFerry(alice, bob, 'big.bin', () =>
      alice.page.getByLabel('Add files').setInputFiles(file.path),
    );
    results.push({ raw, ferry, senderLoad: senderMeter.stop(), receiverLoad: receiverMeter.stop() });
  }
  const gigabytes = totalBytes / 1e9;
  report('big-file', {
    mib: totalBytes / MIB,
    rounds,
    ferryMBps: median(results.map(({ ferry }) => totalBytes / 1e6 / ferry.seconds)),
    rawMBps: median(results.map(({ raw }) => totalBytes / 1e6 / raw.seconds)),
    ratio: median(results.map(({ raw, ferry }) => raw.seconds / ferry.seconds)),
    cpuSecondsPerGB: median(
      results.map(({ senderLoad, receiverLoad }) => (senderLoad.cpuSeconds + receiverLoad.cpuSeconds) / gigabytes),
    ),
    senderPeakMiB: Math.max(...results.map(({ senderLoad }) => senderLoad.peakMemoryMiB)),
    receiverPeakMiB: Math.max(...results.map(({ receiverLoad }) => receiverLoad.peakMemoryMiB)),
    firstByteMs: median(results.map(({ ferry }) => ferry.firstByteMs)),
    longestGapMs: Math.max(...results.map(({ ferry }) => ferry.longestGapMs)),
    rawLongestGapMs: Math.max(...results.map(({ raw }) => raw.longestGapMs)),
  });
}

async function benchManyFiles(): Promise<void> {
  const count = 10_000;
  for (let index = 0; index < count; index++) samples.file(`many/${String(index % 100)}/${index}.txt`, 1024);
  const ferry = await measureFerry(alice, bob, 'many', () =>
    alice.page.getByLabel('Add folder').setInputFiles(`${samples.path}/many`),
  );
  report('10000-files-of-1-KiB', {
    seconds: ferry.seconds,
    filesPerSecond: count / ferry.seconds,
    longestGapMs: ferry.longestGapMs,
  });
}

function report(name: string, figures: Record<string, number>): void {
  const rounded = Object.entries(figures).map(([key, value]) => [key, Number(value.toPrecision(4))] as const);
  console.log(JSON.stringify({ case: name, ...Object.fromEntries(rounded) }));
  for (const [key, value] of rounded) console.log(`  ${key.padEnd(18)} ${value}`);
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
