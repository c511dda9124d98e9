// Fetching from several sources over a network whose faults are drawn from a seed: sources come, go, queue, restart,
// change their minds, have only some, or lie. A failure names its seed: FERRY_SEED=n runs that schedule alone.
import { env } from 'node:process';
import { expect, test } from 'vitest';
import { CHUNK_BYTES } from './content/chunk.ts';
import type { Bundle } from './content/source.ts';
import { ExchangeGround, type Party, sameContents, storedContents } from './testing/exchange-ground.ts';
import { identified, part, partly } from './testing/identified-bundle.ts';
import { type MemoryBundle, memoryBundle } from './testing/memory-bundle.ts';
import { type Random, seededRandom } from './testing/random.ts';
import type { SourceOptions } from './transfer/asking.ts';
import type { Outgoing } from './transfer/outgoing.ts';
import type { Receiver } from './transfer/receiver.ts';

const SCHEDULES = 300;
const ONE_SEED = Number(env.FERRY_SEED ?? Number.NaN);
const SUMMARY = { title: 'x', itemCount: 1, entryCount: 1, totalBytes: 1 };

/** What befell all schedules together. */
const seen = {
  breaks: 0,
  mutes: 0,
  restarts: 0,
  queues: 0,
  refusals: 0,
  departures: 0,
  liars: 0,
  partials: 0,
  shared: 0,
};

/** Small files mostly; every third has some of two and more chunks, whose hashes must be asked for. */
function sizesFrom(random: Random): number[] {
  const sizes = Array.from({ length: 1 + random.below(8) }, () => (random.chance(0.1) ? 0 : 1 + random.below(40_000)));
  if (random.chance(0.3)) sizes.push(CHUNK_BYTES + 1 + random.below(1000), 2 * CHUNK_BYTES + 1);
  return sizes;
}

class Schedule {
  readonly #random: Random;
  readonly #ground: ExchangeGround;
  readonly #bundle: MemoryBundle;
  readonly #isVerified: boolean;
  readonly #servers = new Map<string, { party: Party; offered: Bundle; served: Outgoing[] }>();
  #bob: Party;
  #receiver!: Receiver;
  #isOver = false;

  private constructor(random: Random, ground: ExchangeGround, bundle: MemoryBundle, isVerified: boolean) {
    this.#random = random;
    this.#ground = ground;
    this.#bundle = bundle;
    this.#isVerified = isVerified;
    this.#bob = ground.join('bob');
  }

  static async run(seed: number): Promise<void> {
    const random = seededRandom(seed);
    const sometimes = (chance: number) => (random.chance(0.5) ? chance : 0);
    const faults = { breakChance: sometimes(0.03), muteChance: sometimes(0.01), stallChance: sometimes(0.04) };
    const ground = new ExchangeGround(seed, faults, { hashUnderMs: 20 });
    const isVerified = random.chance(0.7);
    const plain = memoryBundle(sizesFrom(random), seed);
    const schedule = new Schedule(random, ground, isVerified ? await identified(plain) : plain, isVerified);
    await schedule.#play();
    seen.breaks += ground.network.breakCount;
    seen.mutes += ground.network.muteCount;
  }

  async #play(): Promise<void> {
    this.#serve('origin', this.#bundle);
    for (let at = this.#random.below(4); at > 0; at--) await this.#addCopy(`copy${at}`);
    await this.#fetch();
    await this.#ground.clock.runUntil(() => this.#receiver.manifest !== undefined);
    await this.#receiver.accept();
    for (let turn = this.#random.below(6); turn > 0 && !this.#isDone; turn--) {
      await this.#passUpTo(600);
      await this.#disturb();
    }
    this.#ground.network.heal();
    await this.#goOn();
    // However long somebody waited for a queue, a restart or a fresh try: all of it is minutes.
    await this.#ground.clock.runUntil(() => this.#isDone);
    const { stores } = this.#bob;
    expect(sameContents(await storedContents(stores, this.#receiver), this.#bundle.contents)).toBe(true);
    expect(this.#receiver.agreed!.isFull).toBe(true);
    if (this.#receiver.sources.filter(({ movedBytes }) => movedBytes > 0).length > 1) seen.shared++;
    await this.#end();
  }

  get #isDone(): boolean {
    return this.#receiver.state.status === 'done';
  }

  async #addCopy(name: string): Promise<void> {
    const { manifest } = this.#bundle;
    const kind = this.#random.below(4);
    if (kind === 0) {
      // Has what it says in its manifest, or so it says; its hashes and bytes are others.
      seen.liars++;
      const other = await identified(
        memoryBundle(
          manifest.entries.map(({ sizeBytes }) => sizeBytes),
          999,
        ),
      );
      return this.#serve(name, { ...other, manifest });
    }
    const some = [...manifest.entries.keys()]
      .filter(() => this.#random.chance(0.7))
      .sort(() => this.#random.below(3) - 1);
    const copied = some.length > 0 ? part(this.#bundle, some) : this.#bundle;
    if (kind === 1) {
      seen.partials++;
      return this.#serve(name, partly(copied, () => this.#random.chance(0.5)).bundle);
    }
    this.#serve(name, copied);
  }

  #serve(name: string, offered: Bundle): void {
    const party = this.#ground.join(name);
    const server = { party, offered, served: [] as Outgoing[] };
    this.#servers.set(name, server);
    party.exchange.events.on('asked', (asked) => {
      if (!this.#isOver && this.#random.chance(0.1)) {
        seen.refusals++;
        return asked.refuse(this.#random.chance(0.5) ? 'queue-full' : 'expired');
      }
      server.served.push(asked.serve(offered, { title: name, itemCount: 1 }));
    });
  }

  #sources(): SourceOptions[] {
    return [...this.#servers.keys()].map((peerId) => ({
      peerId,
      isOrigin: peerId === 'origin',
      reference: async () => 'it',
    }));
  }

  async #fetch(accepted?: { chosen: Receiver['chosen']; chosenRuns: Receiver['chosenRuns'] }): Promise<void> {
    const known = accepted && { transfer: this.#receiver.transfer };
    this.#receiver = await this.#bob.exchange.fetch({
      ...known,
      summary: SUMMARY,
      sources: this.#sources(),
      ...(accepted && { accepted: { chosen: accepted.chosen!, chosenRuns: accepted.chosenRuns } }),
    });
    const receiver = this.#receiver;
    // As an application does: refusals are no last word.
    receiver.events.on('change', () => {
      for (const { peerId, status } of receiver.sources) {
        if (status === 'refused') this.#ground.clock.after(2000, () => this.#askAgain(receiver, peerId));
      }
    });
  }

  #askAgain(receiver: Receiver, peerId: string): void {
    const isRefused = receiver.sources.some((source) => source.peerId === peerId && source.status === 'refused');
    if (receiver === this.#receiver && isRefused && !this.#isOver) this.#bob.exchange.askAgain(receiver, peerId);
  }

  async #disturb(): Promise<void> {
    const names = [...this.#servers.keys()];
    const name = names[this.#random.below(names.length)]!;
    const { served, offered } = this.#servers.get(name)!;
    switch (this.#random.below(6)) {
      case 0:
        return this.#ground.network.breakAll();
      case 1:
        seen.queues++;
        served.at(-1)?.pause('queue');
        return served.at(-1)?.tellPlace({ position: 1, waiting: 1, slots: 1 });
      case 2:
        return served.at(-1)?.resume();
      case 3:
        // Its program is started anew.
        seen.restarts++;
        return this.#serve(name, offered);
      case 4:
        seen.departures++;
        return this.#ground.network.leave(name);
      default:
        return this.#restartBob();
    }
  }

  async #restartBob(): Promise<void> {
    const { chosen, chosenRuns, state } = this.#receiver;
    if (!chosen || state.status === 'done') return;
    seen.restarts++;
    this.#bob.disk.accepted.clear();
    this.#bob = await this.#ground.restart(this.#bob);
    await this.#fetch({ chosen, chosenRuns });
  }

  /** Everybody is there, and nobody has a reason to wait. */
  async #goOn(): Promise<void> {
    this.#isOver = true;
    for (const [name, { offered }] of this.#servers) this.#serve(name, offered);
    this.#isOver = false;
    for (const { peerId } of this.#receiver.sources) this.#bob.exchange.askAgain(this.#receiver, peerId);
    if (this.#receiver.state.status === 'failed') await this.#receiver.retry();
    if (!this.#isVerified) expect(this.#receiver.sources[0]!.isOrigin).toBe(true);
  }

  async #passUpTo(ms: number): Promise<void> {
    const until = this.#ground.clock.now() + this.#random.below(ms);
    await this.#ground.clock.runUntil(() => this.#isDone || this.#ground.clock.now() >= until, { orIdle: true });
  }

  async #end(): Promise<void> {
    this.#isOver = true;
    this.#bob.exchange.close();
    for (const { party } of this.#servers.values()) party.exchange.close();
    this.#ground.clock.advance(300_000);
    await this.#ground.clock.settle();
    this.#ground.clock.advance(300_000);
    expect(this.#ground.clock.pendingCount).toBe(0);
  }
}

const seeds = Number.isNaN(ONE_SEED) ? Array.from({ length: SCHEDULES }, (_, at) => at + 1) : [ONE_SEED];

test(`${seeds.length} schedules: every byte arrives, and each is what its content id or its origin says`, {
  timeout: 600_000,
}, async () => {
  const failures: string[] = [];
  for (const seed of seeds) {
    await Schedule.run(seed).catch((error: Error) => failures.push(`FERRY_SEED=${seed}: ${error.stack}`));
  }
  console.log(`${seeds.length} schedules`, seen);
  expect(failures).toEqual([]);
  if (seeds.length === 1) return;
  // A schedule in which nothing happens proves nothing.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(SCHEDULES / 20);
});
