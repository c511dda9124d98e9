// The exchange over a network whose faults are drawn from a seed, between programs that are killed, paused and run
// out of space at random. A failure names its seed: FERRY_SEED=n runs that schedule alone, and prints what happens.
import { env } from 'node:process';
import { expect, test } from 'vitest';
import { CHUNK_BYTES } from './content/chunk.ts';
import { ExchangeGround, type Party, sameContents, storedContents } from './testing/exchange-ground.ts';
import { memoryBundle } from './testing/memory-bundle.ts';
import { type Random, seededRandom } from './testing/random.ts';
import type { Faults } from './testing/simulated-network.ts';
import { ABOUT, acceptedOverDamage } from './testing/transfer-under-way.ts';
import type { Receiver } from './transfer/receiver.ts';

const SCHEDULES = 1000;
const ONE_SEED = Number(env.FERRY_SEED ?? Number.NaN);

/** What befell all schedules together. */
const seen = {
  breaks: 0,
  mutes: 0,
  stalls: 0,
  corruptions: 0,
  restarts: 0,
  pauses: 0,
  fullDisks: 0,
  refetchedBytes: 0,
};

/** Sizes of a bundle: small files mostly, because a schedule is about turns and not about bytes; some are empty. */
function sizesFrom(random: Random): number[] {
  const sizes = Array.from({ length: 1 + random.below(12) }, () => (random.chance(0.1) ? 0 : 1 + random.below(40_000)));
  if (random.chance(0.05)) sizes.push(CHUNK_BYTES + random.below(1000));
  return sizes;
}

function faultsFrom(random: Random): Faults {
  const sometimes = (chance: number) => (random.chance(0.5) ? chance : 0);
  return {
    breakChance: sometimes(0.04),
    muteChance: sometimes(0.01),
    stallChance: sometimes(0.05),
    corruptChance: sometimes(0.05),
    corruptAtMost: 2,
  };
}

/** One transfer from alice to bob, and everything that happens to them meanwhile. */
class Schedule {
  readonly #random: Random;
  readonly #ground: ExchangeGround;
  readonly #contents: readonly Uint8Array[];
  #alice: Party;
  #bob: Party;
  #receiver: Receiver | undefined;
  #restarts = 0;
  #movedBytes = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#ground = new ExchangeGround(seed, faultsFrom(this.#random), { hashUnderMs: 20 });
    this.#alice = this.#ground.join('alice');
    this.#bob = this.#ground.join('bob');
    const bundle = memoryBundle(sizesFrom(this.#random), seed);
    this.#contents = bundle.contents;
    this.#alice.announce(bundle, ABOUT, ['bob']);
  }

  /** Who is started anew after the end has it in no list, but on disk. */
  get #isDone(): boolean {
    const isSent = this.#alice.outgoing[0]?.state.status === 'done' || this.#alice.disk.delivered.size > 0;
    return isSent && this.#bob.disk.received.size > 0;
  }

  async run(): Promise<void> {
    this.#receiver = await this.#ground.nextIncoming(this.#bob);
    await this.#receiver.accept();
    for (let turn = this.#random.below(5); turn > 0 && !this.#isDone; turn--) {
      await this.#passUpTo(400);
      await this.#disturb();
    }
    await this.#goOn();
    await this.#check();
  }

  async #passUpTo(ms: number): Promise<void> {
    const untilMs = this.#ground.clock.now() + this.#random.below(ms);
    await this.#ground.clock.runUntil(() => this.#isDone || this.#ground.clock.now() >= untilMs, { orIdle: true });
  }

  async #disturb(): Promise<void> {
    switch (this.#random.below(6)) {
      case 0:
        this.#countRestart();
        this.#alice = await this.#ground.restart(this.#alice);
        return;
      case 1:
        this.#countRestart();
        this.#bob = await this.#ground.restart(this.#bob);
        this.#receiver = this.#bob.incoming[0] ?? this.#receiver;
        return;
      case 2:
        seen.pauses++;
        return this.#alice.outgoing[0]?.pause();
      case 3:
        seen.pauses++;
        return this.#bob.incoming[0]?.pause();
      case 4:
        seen.fullDisks++;
        this.#bob.stores.capacityBytes = 1;
        return;
      default:
        this.#alice.outgoing[0]?.resume();
        return this.#bob.incoming[0]?.resume();
    }
  }

  /** Everybody comes back, pauses end, there is room again; faults go on. */
  async #goOn(): Promise<void> {
    this.#bob.stores.capacityBytes = Number.POSITIVE_INFINITY;
    const resume = () => {
      this.#alice.outgoing[0]?.resume();
      this.#bob.incoming[0]?.resume();
      return this.#isDone;
    };
    await this.#ground.clock.runUntil(resume).catch((error: Error) => {
      throw new Error(
        `${error.message}: ${JSON.stringify([this.#alice.outgoing[0]?.state, this.#bob.incoming.map(({ state }) => state), this.#ground.clock.now()])}`,
      );
    });
  }

  async #check(): Promise<void> {
    const receiver = this.#receiver!;
    expect(sameContents(await storedContents(this.#bob.stores, receiver), this.#contents)).toBe(true);
    this.#movedBytes += receiver.movedBytes;
    seen.refetchedBytes += Math.max(0, this.#movedBytes - receiver.progress!.totalBytes);
    for (const { exchange } of [this.#alice, this.#bob]) exchange.close();
    this.#ground.clock.advance(120_000);
    expect(this.#ground.clock.pendingCount).toBe(0);
    const { breakCount, muteCount, stallCount, corruptCount } = this.#ground.network;
    seen.breaks += breakCount - this.#restarts;
    seen.mutes += muteCount;
    seen.stalls += stallCount;
    seen.corruptions += corruptCount;
  }

  #countRestart(): void {
    seen.restarts++;
    this.#restarts++;
    this.#movedBytes += this.#bob.incoming[0]?.movedBytes ?? 0;
  }
}

test(`${SCHEDULES} random schedules of faults end with every byte in its place`, { timeout: 600_000 }, async () => {
  const startMs = performance.now();
  const seeds = Number.isNaN(ONE_SEED) ? Array.from({ length: SCHEDULES }, (_, index) => index + 1) : [ONE_SEED];
  const failures: string[] = [];
  for (const seed of seeds) {
    await new Schedule(seed).run().catch((error: Error) => failures.push(`FERRY_SEED=${seed}: ${error.stack}`));
  }
  console.log(`${seeds.length} schedules in ${((performance.now() - startMs) / 1000).toFixed(1)} s`, seen);
  expect(failures).toEqual([]);
  // A fault that never happened proves nothing.
  if (seeds.length === SCHEDULES)
    for (const [fault, count] of Object.entries(seen)) expect(count, fault).toBeGreaterThan(20);
});

test('a source that goes on sending damaged bytes is dropped, and what was verified stays', async () => {
  const { ground, outgoing, receiver } = await acceptedOverDamage();
  await ground.clock.runUntil(() => [outgoing, receiver].every(({ state }) => state.status === 'failed'));
  expect([outgoing.state, receiver.state]).toMatchObject([{ code: 'chunk-corrupt' }, { code: 'chunk-corrupt' }]);
});

test('several transfers share a link that breaks, in both directions', async () => {
  const ground = new ExchangeGround(9, { breakChance: 0.01 });
  const [alice, bob] = [ground.join('alice'), ground.join('bob')];
  const sends = [1, 2, 3, 4].map((seed) => {
    const [from, to] = seed % 2 ? [alice, bob] : [bob, alice];
    const bundle = memoryBundle([...sizesFrom(seededRandom(seed)), CHUNK_BYTES], seed);
    return { to, bundle, outgoing: from.announce(bundle, ABOUT, [to.name]) };
  });
  await ground.clock.runUntil(() => alice.incoming.length === 2 && bob.incoming.length === 2);
  for (const receiver of [...alice.incoming, ...bob.incoming]) await receiver.accept();
  await ground.clock.runUntil(() => sends.every(({ outgoing }) => outgoing.state.status === 'done'));
  for (const { to, bundle, outgoing } of sends) {
    const receiver = to.incoming.find(({ transfer }) => transfer === outgoing.transfer)!;
    await ground.clock.runUntil(() => receiver.state.status === 'done');
    expect(sameContents(await storedContents(to.stores, receiver), bundle.contents)).toBe(true);
  }
});
