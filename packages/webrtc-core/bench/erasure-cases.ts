// What is measured of codes and kernels, the same in Node and in a browser's worker. Knows no process and no page.
import { ReedSolomonErasure } from '@digitaldefiance/reed-solomon-erasure.wasm';
import { codeRows } from '../src/erasure/code-rows.ts';
import type { Kernel } from '../src/erasure/kernel.ts';
import { loadSimdKernel } from '../src/erasure/load-kernel.ts';
import { recovery } from '../src/erasure/recovery.ts';
import { ReedSolomon } from '../src/erasure/reed-solomon.ts';
import { TableKernel } from '../src/erasure/table-kernel.ts';

export interface Measurement {
  readonly contender: string;
  readonly what: string;
  /** Of data, whatever parity is made of it. */
  readonly gigabytesPerSecond: number;
}

export interface MeasureOptions {
  /** The WebAssembly of the package that ours is compared with. */
  readonly packageWasm: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
  /** Seconds; only differences mean anything. */
  readonly clock: () => number;
}

interface Case {
  readonly contender: string;
  readonly what: string;
  readonly dataBytes: number;
  /** A promise where it takes until later. */
  readonly run: () => unknown;
}

const SHARD_BYTES = 1024 * 1024;
const CODES = [
  [4, 6],
  [10, 16],
  [8, 24],
] as const;
/** A sample repeats its case for so long: clocks of browsers are coarse. */
const SAMPLE_SECONDS = 0.15;

/** Contenders take turns, round by round, so that a slow moment of the machine hits all; the median counts. */
export async function measureErasure(options: MeasureOptions): Promise<Measurement[]> {
  const cases = [...codeCases(options.packageWasm, await usableKernels()), ...(await cryptoCases())];
  const samples = cases.map((): number[] => []);
  for (let round = 0; round <= options.rounds; round++) {
    for (const [at, one] of cases.entries()) {
      const sample = await measure(one, options.clock);
      // In the first round engines still compile.
      if (round > 0) samples[at]!.push(sample);
    }
  }
  return cases.map(({ contender, what }, at) => ({ contender, what, gigabytesPerSecond: median(samples[at]!) }));
}

/** Every one that runs here, the quickest first. */
async function usableKernels(): Promise<Kernel[]> {
  const simd = await Promise.all([loadSimdKernel('relaxed-simd'), loadSimdKernel('simd')]);
  return [...simd.filter((kernel) => kernel !== undefined), new TableKernel()];
}

function codeCases(packageWasm: Uint8Array<ArrayBuffer>, kernels: readonly Kernel[]): Case[] {
  const packaged = ReedSolomonErasure.fromBytes(packageWasm);
  return CODES.flatMap(([k, n]) => [
    ...kernels.flatMap((kernel) => ownCases(kernel, k, n)),
    ...ownCasesWithNewMemory(kernels[0]!, k, n),
    ...packageCases(packaged, k, n),
  ]);
}

/** Into the same memory each time, as the package does; what new memory costs is another matter. */
function ownCases(kernel: Kernel, k: number, n: number): Case[] {
  const { data, parity, parityIndexes, present, lost } = codeExample(kernel, k, n);
  const encode = () => kernel.multiply(codeRows(k, parityIndexes), data, parity);
  const made = lost.map(() => new Uint8Array(SHARD_BYTES));
  const reconstruct = () => {
    const { sources, matrix } = recovery(k, present.keys(), lost);
    kernel.multiply(
      matrix,
      sources.map((index) => present.get(index)!),
      made,
    );
  };
  return codeCasesOf(`own, ${kernel.name}`, k, n, encode, reconstruct);
}

/** As programs call it: each time into new memory. */
function ownCasesWithNewMemory(kernel: Kernel, k: number, n: number): Case[] {
  const { data, parityIndexes, present, lost } = codeExample(kernel, k, n);
  const code = new ReedSolomon(k, kernel);
  const encode = () => code.encode(data, parityIndexes);
  return codeCasesOf('own, new memory', k, n, encode, () => code.reconstruct(present, lost));
}

function codeExample(kernel: Kernel, k: number, n: number) {
  const data = Array.from({ length: k }, (_, column) => shardOf(column));
  const parityIndexes = Array.from({ length: n - k }, (_, row) => k + row);
  const parity = new ReedSolomon(k, kernel).encode(data, parityIndexes);
  const lost = lostShards(k, n);
  const present = new Map([...data, ...parity].entries());
  for (const index of lost) present.delete(index);
  return { data, parity, parityIndexes, present, lost };
}

function codeCasesOf(
  contender: string,
  k: number,
  n: number,
  encode: () => unknown,
  reconstruct: () => unknown,
): Case[] {
  const common = { contender, dataBytes: k * SHARD_BYTES };
  return [
    { ...common, what: `encode (${k}, ${n})`, run: encode },
    { ...common, what: `reconstruct (${k}, ${n})`, run: reconstruct },
  ];
}

function packageCases(packaged: ReedSolomonErasure, k: number, n: number): Case[] {
  const shards = new Uint8Array(n * SHARD_BYTES);
  for (let column = 0; column < k; column++) shards.set(shardOf(column), column * SHARD_BYTES);
  const lost = lostShards(k, n);
  const isPresent = Array.from({ length: n }, (_, index) => !lost.includes(index));
  const done = (result: number) => {
    if (result !== ReedSolomonErasure.RESULT_OK) throw new Error(ReedSolomonErasure.getResultMessage(result));
  };
  const encode = () => done(packaged.encode(shards, k, n - k));
  const reconstruct = () => done(packaged.reconstruct(shards, k, n - k, isPresent.slice()));
  return codeCasesOf('npm package', k, n, encode, reconstruct);
}

/** What every chunk goes through beside the code. */
async function cryptoCases(): Promise<Case[]> {
  const chunk = shardOf(0);
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const iv = new Uint8Array(12);
  const common = { contender: 'Web Crypto', dataBytes: SHARD_BYTES };
  return [
    { ...common, what: 'AES-256-GCM', run: () => crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, chunk) },
    { ...common, what: 'SHA-256', run: () => crypto.subtle.digest('SHA-256', chunk) },
  ];
}

/** As many data shards as can be missing: the most that a reconstruction has to do. */
function lostShards(k: number, n: number): number[] {
  return Array.from({ length: Math.min(k, n - k) }, (_, index) => index);
}

function shardOf(seed: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: SHARD_BYTES }, (_, at) => Math.imul(at + seed * 7919, 0x9e3779b1) >>> 24);
}

/** Gigabytes a second. */
async function measure({ dataBytes, run }: Case, clock: () => number): Promise<number> {
  const start = clock();
  let runs = 0;
  let seconds = 0;
  do {
    await run();
    runs++;
    seconds = clock() - start;
  } while (seconds < SAMPLE_SECONDS);
  return (dataBytes * runs) / seconds / 1e9;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
