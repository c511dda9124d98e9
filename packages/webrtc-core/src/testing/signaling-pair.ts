// Two signaling channels in memory, joined: what one peer sends the other gets, in order, a moment later.
import { SignalingError } from '../errors.ts';
import type { SignalingChannel, SignalingEvents } from '../peer/signaling.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';

export class MemorySignaling implements SignalingChannel {
  readonly events = new Emitter<SignalingEvents>();
  readonly #selfId: string;
  readonly #clock: Clock;
  #others = new Map<string, MemorySignaling>();
  /** As when the server cannot be reached: nothing is delivered, every send is refused. */
  isDown = false;

  constructor(selfId: string, clock: Clock) {
    this.#selfId = selfId;
    this.#clock = clock;
  }

  join(peerId: string, other: MemorySignaling): void {
    this.#others.set(peerId, other);
    this.events.emit('available', { peerId });
  }

  async send(to: string, payload: string): Promise<void> {
    const other = this.#others.get(to);
    if (!other || this.isDown || other.isDown) throw SignalingError.rejected();
    this.#clock.after(0, () => other.events.emit('signal', { from: this.#selfId, payload }));
  }
}

/** @example const [alice, bob] = signalingPair('alice', 'bob'); */
export function signalingPair(a: string, b: string, clock: Clock = systemClock): [MemorySignaling, MemorySignaling] {
  const pair: [MemorySignaling, MemorySignaling] = [new MemorySignaling(a, clock), new MemorySignaling(b, clock)];
  pair[0].join(b, pair[1]);
  pair[1].join(a, pair[0]);
  return pair;
}
