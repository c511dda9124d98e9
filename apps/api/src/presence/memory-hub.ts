// The presence hub of a single process: everything in memory, nothing survives a restart, and clients come
// back by themselves. Knows no database and no WebSocket.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Device, Signal, SignalDelivery } from '@ferry/shared';
import type { InboxSignal, JoiningDevice, PresenceHub } from './hub.ts';
import { InboxQueue } from './inbox-queue.ts';

/** A reload takes less; colleagues must not see it as leaving. Two seconds are promised in all. */
const OFFLINE_AFTER_MS = 1000;
/** A socket that was lost for longer starts with an empty inbox. */
const FORGET_AFTER_MS = 60_000;

interface KnownDevice {
  device: JoiningDevice;
  queue: InboxQueue;
  /** Aborted when a later inbox takes over; undefined while no inbox is open. */
  current: AbortController | undefined;
  isOnline: boolean;
  /** When it came last. */
  sinceMs: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class MemoryHub implements PresenceHub {
  readonly #epoch = randomUUID().slice(0, 8);
  readonly #devices = new Map<string, KnownDevice>();
  readonly #changes = new EventEmitter<{ change: [string] }>().setMaxListeners(0);
  readonly #onOffline: (device: JoiningDevice) => void;
  readonly #onDelivery: (delivery: SignalDelivery) => void;

  /** `onOffline` is told once when a device is gone for the others, `onDelivery` what became of each signal. */
  constructor(
    onOffline: (device: JoiningDevice) => void = () => {},
    onDelivery: (delivery: SignalDelivery) => void = () => {},
  ) {
    this.#onOffline = onOffline;
    this.#onDelivery = onDelivery;
  }

  async *inbox(device: JoiningDevice, lastId: string | null, ended: AbortSignal): AsyncGenerator<InboxSignal> {
    const known = this.#join(device);
    const current = new AbortController();
    known.current = current;
    try {
      yield* known.queue.read(lastId, AbortSignal.any([ended, current.signal]));
    } finally {
      if (known.current === current) this.#leave(known);
    }
  }

  deliver(to: string, signal: Signal): SignalDelivery {
    const known = this.#devices.get(to);
    const delivery = known?.isOnline ? 'delivered' : 'offline';
    if (known?.isOnline) known.queue.push(signal);
    this.#onDelivery(delivery);
    return delivery;
  }

  online(): { users: number; devices: number } {
    const devices = [...this.#devices.values()].filter(({ isOnline, device }) => isOnline && !device.isNode);
    return { users: new Set(devices.map(({ device }) => device.userId)).size, devices: devices.length };
  }

  isHere(deviceId: string, sessionId: string): boolean {
    const known = this.#devices.get(deviceId);
    return known?.isOnline === true && known.device.sessionId === sessionId;
  }

  devicesOf(userId: string): Device[] {
    return [...this.#devices.values()]
      .filter(({ isOnline, device }) => isOnline && !device.isNode && device.userId === userId)
      .map(({ device: { deviceId, name } }) => ({ deviceId, name }));
  }

  onlineDeviceIds(): string[] {
    return [...this.#devices].filter(([, { isOnline }]) => isOnline).map(([deviceId]) => deviceId);
  }

  onlineSinceMs(deviceId: string): number | undefined {
    const known = this.#devices.get(deviceId);
    return known?.isOnline ? known.sinceMs : undefined;
  }

  touch(userId: string): void {
    this.#changes.emit('change', userId);
  }

  watch(listener: (userId: string) => void, ended: AbortSignal): void {
    this.#changes.on('change', listener);
    ended.addEventListener('abort', () => this.#changes.off('change', listener), { once: true });
  }

  close(): void {
    for (const known of this.#devices.values()) {
      const { timer, current } = known;
      clearTimeout(timer);
      // Its inbox does not leave then: that would tell, a second later, a database that is closed.
      known.current = undefined;
      current?.abort();
    }
    this.#devices.clear();
  }

  #join(device: JoiningDevice): KnownDevice {
    const known = this.#devices.get(device.deviceId) ?? {
      device,
      queue: new InboxQueue(this.#epoch),
      current: undefined,
      isOnline: false,
      sinceMs: 0,
      timer: undefined,
    };
    this.#devices.set(device.deviceId, known);
    clearTimeout(known.timer);
    known.current?.abort();
    const isNews = !known.isOnline || known.device.name !== device.name;
    if (!known.isOnline) known.sinceMs = Date.now();
    known.device = device;
    known.isOnline = true;
    if (isNews) this.touch(device.userId);
    return known;
  }

  #leave(known: KnownDevice): void {
    known.current = undefined;
    known.timer = setTimeout(() => {
      known.isOnline = false;
      this.#onOffline(known.device);
      this.touch(known.device.userId);
      known.timer = setTimeout(() => this.#devices.delete(known.device.deviceId), FORGET_AFTER_MS);
      known.timer.unref();
    }, OFFLINE_AFTER_MS);
  }
}
