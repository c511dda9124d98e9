// Keeps the server told of what is shared from here: share by share, page by page, again after every failure. Knows no
// folders, and leaves what is said to publishing-steps.ts.
import { type Clock, systemClock } from '@ferry/webrtc-core';
import { Refusal } from '../refusal.ts';
import { PublishingSchedule } from './publishing-schedule.ts';
import { PublishingSteps, type PublishingStepsOptions } from './publishing-steps.ts';

/** The turn that belongs to no share: comparing. No share has this id. */
const COMPARING = '';

export type PublishingEvent =
  /** It was told something, or there is nothing to tell. */
  | 'reached'
  /** The server did not answer, or refused: it is tried again. */
  | 'server-away'
  /** More than one person may list. */
  | 'full'
  /** Its owner has stopped sharing it, from another device. */
  | 'ended';

export interface SharePublishingOptions extends Omit<PublishingStepsOptions, 'madeRoom'> {
  tell: (shareId: string, event: PublishingEvent) => void;
  clock?: Clock;
  random?: () => number;
}

export class SharePublishing {
  readonly #options: SharePublishingOptions;
  readonly #clock: Clock;
  readonly #schedule: PublishingSchedule;
  readonly #steps: PublishingSteps;
  /** Shares that had no room; they wait until there may be some. */
  readonly #full = new Set<string>();
  #isCompared = false;
  #isRunning = false;
  #isStopped = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: SharePublishingOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#schedule = new PublishingSchedule(options.random);
    this.#steps = new PublishingSteps({ ...options, madeRoom: () => this.#tryFull() });
  }

  /** Something of it is different: the server is told after this time at the latest. */
  wake(shareId: string, delayMs: number): void {
    this.#schedule.add(shareId, this.#clock.now() + delayMs);
    this.#arm();
  }

  /** The user did something: what failed, or was given up, is tried at once. */
  retry(): void {
    this.#isStopped = false;
    this.#schedule.open();
    this.#tryFull();
    this.#arm();
  }

  /** At the start, and whenever the server may have forgotten something or has something that is not shared any more. */
  compare(): void {
    this.#isCompared = false;
    this.#schedule.add(COMPARING, this.#clock.now());
    this.retry();
  }

  /** It is shared no more. */
  forget(shareId: string): void {
    this.#schedule.delete(shareId);
    this.#full.delete(shareId);
    this.#steps.forget(shareId);
    this.compare();
  }

  /** There is nothing to tell, or nobody to tell it to. */
  get isAtRest(): boolean {
    return !this.#isRunning && (this.#isStopped || this.#schedule.nextMs === undefined);
  }

  /** How many files have been told again, of a share that is published anew. */
  countAnew(shareId: string): number | undefined {
    return this.#steps.countAnew(shareId);
  }

  #tryFull(): void {
    for (const shareId of this.#full) this.#schedule.add(shareId, this.#clock.now());
    this.#full.clear();
  }

  #arm(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const { nextMs } = this.#schedule;
    if (this.#isRunning || this.#isStopped || nextMs === undefined) return;
    this.#cancelTimer = this.#clock.after(Math.max(0, nextMs - this.#clock.now()), () => void this.#run());
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      for (let turn = this.#take(); turn !== undefined; turn = this.#take()) await this.#turn(turn);
    } finally {
      this.#isRunning = false;
      this.#arm();
    }
  }

  #take(): string | undefined {
    return this.#isStopped ? undefined : this.#schedule.take(this.#clock.now());
  }

  async #turn(turn: string): Promise<void> {
    try {
      // First of all, for what is compared may have to be told anew.
      if (!this.#isCompared) await this.#compareAll();
      if (turn !== COMPARING && (await this.#step(turn))) this.#schedule.add(turn, this.#clock.now());
      this.#schedule.succeeded();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.#refused(turn, error);
    }
  }

  async #compareAll(): Promise<void> {
    // Asked for anew meanwhile, it is done again.
    this.#isCompared = true;
    try {
      await this.#steps.compare();
    } catch (error) {
      this.#isCompared = false;
      throw error;
    }
    for (const shareId of this.#options.shareIds()) this.#schedule.add(shareId, this.#clock.now());
  }

  async #step(shareId: string): Promise<boolean> {
    const share = this.#options.share(shareId);
    if (!share || this.#full.has(shareId)) return false;
    const isMore = await this.#steps.next(share);
    this.#options.tell(shareId, 'reached');
    return isMore;
  }

  async #refused(turn: string, { code, retryAfterMs }: Refusal): Promise<void> {
    const { change, shareIds, tell } = this.#options;
    const isShare = turn !== COMPARING && this.#isCompared;
    if (code === 'share-ended' && isShare) return tell(turn, 'ended');
    if (code === 'too-many' && isShare) {
      this.#full.add(turn);
      return tell(turn, 'full');
    }
    this.#schedule.add(turn, this.#clock.now());
    // Whoever is signed out shares nothing for now.
    if (code === 'unauthenticated' || code === 'account-disabled') this.#isStopped = true;
    else this.#schedule.failed(this.#clock.now(), retryAfterMs);
    if (isShare && (code === 'revision-mismatch' || code === 'not-found')) {
      this.#steps.forget(turn);
      await change(turn, code === 'not-found' ? { revision: null, isPut: false } : { revision: null });
    } else if (!QUIET.has(code)) {
      for (const shareId of isShare && code !== 'unreachable' ? [turn] : shareIds()) tell(shareId, 'server-away');
    }
  }
}

/** It passes by itself, or there is nobody to tell. */
const QUIET: ReadonlySet<Refusal['code']> = new Set(['busy', 'rate-limited', 'unauthenticated', 'account-disabled']);
