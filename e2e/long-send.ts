// A file that is under way from one person to another long enough for something to happen to it, and what must then
// hold: it goes on by itself, and arrives whole, little of it twice. Knows no networks and no faults.
import { basename } from 'node:path';
import { expect } from '@playwright/test';
import type { Person } from './person.ts';
import type { SampleFile } from './sample-files.ts';

/** What one fault may cost: all that is outstanding when it strikes. */
const BYTES_A_FAULT = 8 * 1024 * 1024;

export class LongSend {
  readonly #sender: Person;
  readonly #receiver: Person;
  readonly #file: SampleFile;
  readonly #title: string;

  private constructor(sender: Person, receiver: Person, file: SampleFile) {
    this.#sender = sender;
    this.#receiver = receiver;
    this.#file = file;
    this.#title = basename(file.path);
  }

  /** One sends and the other accepts; resolves in the middle of it. */
  static async underWay(sender: Person, receiver: Person, file: SampleFile): Promise<LongSend> {
    const send = new LongSend(sender, receiver, file);
    await sender.seesOnline(receiver);
    await sender.send(file.path, receiver);
    await expect(receiver.requestFrom(sender)).toBeVisible({ timeout: 20_000 });
    await receiver.accept(sender);
    await receiver.movedBytes(send.#title);
    await send.movesBeyond(15, 60_000);
    expect(await send.percent()).toBeLessThan(60);
    return send;
  }

  /** How much of it is there, in whole percent. */
  percent(): Promise<number> {
    return this.#receiver.percent(this.#title);
  }

  async movesBeyond(percent: number, withinMs: number): Promise<void> {
    await expect.poll(() => this.percent(), { timeout: withinMs, intervals: [200] }).toBeGreaterThan(percent);
  }

  /**
   * There is soon more of it than there is now.
   * @param percent how much more: what was under way already may still be counted
   */
  async movesOn(withinMs: number, percent = 0): Promise<void> {
    await this.movesBeyond((await this.percent()) + percent, withinMs);
  }

  /** Both sides say that nothing moves. */
  async isStalled(): Promise<void> {
    const people = [this.#sender, this.#receiver];
    await Promise.all(people.map((person) => person.seesStatus(this.#title, 'stalled', 1000)));
  }

  /** By this route, as both pages tell. */
  async goesBy(route: 'lan' | 'direct' | 'relayed'): Promise<void> {
    for (const person of [this.#sender, this.#receiver])
      await expect(person.transfer(this.#title)).toHaveAttribute('data-route', route);
  }

  /** Both sides are done, and the receiver saves what was sent. */
  async arrives({ faults }: { faults: number }): Promise<void> {
    const { sizeBytes, sha256 } = this.#file;
    await this.#receiver.seesStatus(this.#title, 'done', 60_000);
    await this.#sender.seesStatus(this.#title, 'done');
    const movedBytes = await this.#receiver.movedBytes(this.#title);
    expect(movedBytes).toBeLessThanOrEqual(sizeBytes * 1.02 + faults * BYTES_A_FAULT);
    await this.#receiver.goTo('Receive');
    expect(await this.#receiver.save(this.#title)).toBe(sha256);
  }
}
