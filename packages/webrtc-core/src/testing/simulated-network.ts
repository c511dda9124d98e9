// A network in memory for any number of peers, with faults drawn from a seed: links that break, stall
// or flip bits. Same seed, same faults. Knows channels, not what they carry.
import type { Connector, ConnectorEvents } from '../connector.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { channelPair, type MemoryChannel } from './channel-pair.ts';
import { corruptFrame } from './corrupt-frame.ts';
import { type Random, seededRandom } from './random.ts';

export interface Faults {
  /** Chance that a frame's link breaks with it. */
  breakChance?: number;
  /** Chance that a frame's link dies with it and goes on saying `open`. */
  muteChance?: number;
  /** Chance that after a frame its link carries nothing for up to {@link LONGEST_STALL_MS}. */
  stallChance?: number;
  /** Chance that a frame gets one bit of its data flipped, as a faulty or hostile source would send it. */
  corruptChance?: number;
  /** Stops flipping after so many: a source that goes on for ever is rightly dropped. */
  corruptAtMost?: number;
}

export interface SimulatedNetworkOptions extends Faults {
  seed: number;
  clock: Clock;
  latencyMs?: number;
}

const RECONNECT_MS = 500;
const LONGEST_STALL_MS = 5000;

export class SimulatedNetwork {
  readonly #random: Random;
  readonly #clock: Clock;
  readonly #latencyMs: number;
  readonly #faults: Faults;
  readonly #connectors = new Map<string, SimulatedConnector>();
  readonly #channels = new Map<string, MemoryChannel>();
  /** How often a link broke, by fault or by hand. */
  breakCount = 0;
  muteCount = 0;
  stallCount = 0;
  corruptCount = 0;

  constructor({ seed, clock, latencyMs = 5, ...faults }: SimulatedNetworkOptions) {
    this.#random = seededRandom(seed);
    this.#clock = clock;
    this.#latencyMs = latencyMs;
    this.#faults = faults;
  }

  /** Joins the network, or joins it anew as after a reload: whatever the id had before is gone. */
  join(peerId: string): Connector {
    this.leave(peerId);
    const connector = new SimulatedConnector((other) => this.#connectSoon(peerId, other));
    this.#connectors.set(peerId, connector);
    for (const [other, { wanted }] of this.#connectors) if (wanted.has(peerId)) this.#connectSoon(other, peerId);
    return connector;
  }

  leave(peerId: string): void {
    this.#connectors.delete(peerId);
    for (const [key, channel] of this.#channels) if (key.split(' ').includes(peerId)) this.#break(key, channel);
  }

  /** Breaks every link once. */
  breakAll(): void {
    for (const [key, channel] of this.#channels) this.#break(key, channel);
  }

  /** Every link dies without anybody noticing. */
  muteAll(): void {
    for (const channel of this.#channels.values()) {
      channel.muted = true;
      channel.other.muted = true;
    }
  }

  /** No more faults: what was started can end. */
  heal(): void {
    this.#faults.breakChance = 0;
    this.#faults.muteChance = 0;
    this.#faults.stallChance = 0;
    this.#faults.corruptChance = 0;
  }

  #break(key: string, channel: MemoryChannel): void {
    this.#channels.delete(key);
    this.breakCount++;
    channel.break();
  }

  #connectSoon(a: string, b: string): void {
    this.#clock.after(this.#latencyMs, () => this.#connect(a, b));
  }

  #connect(a: string, b: string): void {
    const key = [a, b].sort().join(' ');
    const from = this.#connectors.get(a);
    const to = this.#connectors.get(b);
    if (!from || !to || this.#channels.has(key) || !(from.wanted.has(b) || to.wanted.has(a))) return;
    const [near, far] = channelPair({
      clock: this.#clock,
      latencyMs: this.#latencyMs,
      tamper: (frame) => this.#tamper(key, near, frame),
    });
    this.#channels.set(key, near);
    near.events.on('close', () => {
      if (this.#channels.get(key) === near) this.#channels.delete(key);
      this.#clock.after(RECONNECT_MS, () => this.#connect(a, b));
    });
    from.events.emit('channel', { peerId: b, channel: near });
    to.events.emit('channel', { peerId: a, channel: far });
  }

  #tamper(key: string, channel: MemoryChannel, frame: Uint8Array): Uint8Array | undefined {
    const {
      breakChance = 0,
      muteChance = 0,
      stallChance = 0,
      corruptChance = 0,
      corruptAtMost = Number.POSITIVE_INFINITY,
    } = this.#faults;
    if (this.#random.chance(breakChance)) {
      this.#break(key, channel);
      return undefined;
    }
    if (this.#random.chance(muteChance)) {
      this.muteCount++;
      channel.muted = true;
      channel.other.muted = true;
    }
    if (this.#random.chance(stallChance)) {
      this.stallCount++;
      channel.stall(1 + this.#random.below(LONGEST_STALL_MS));
    }
    if (this.corruptCount < corruptAtMost && this.#random.chance(corruptChance)) {
      if (corruptFrame(frame, this.#random)) this.corruptCount++;
    }
    return frame;
  }
}

class SimulatedConnector implements Connector {
  readonly events = new Emitter<ConnectorEvents>();
  readonly wanted = new Set<string>();
  readonly #connect: (peerId: string) => void;

  constructor(connect: (peerId: string) => void) {
    this.#connect = connect;
  }

  want(peerId: string): void {
    this.wanted.add(peerId);
    this.#connect(peerId);
  }

  release(peerId: string): void {
    this.wanted.delete(peerId);
  }

  /** There is one path only: nothing to look for. */
  suspect(): void {}
}
