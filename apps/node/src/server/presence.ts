// Says which devices came online, so that whoever waits for one need not wait longer. Knows no peers.
import type { Person, PresenceEvent } from '@ferry/shared';

export class Presence {
  readonly #online = new Map<string, ReadonlySet<string>>();
  readonly #onAvailable: (deviceId: string) => void;

  constructor(onAvailable: (deviceId: string) => void) {
    this.#onAvailable = onAvailable;
  }

  tell(event: PresenceEvent): void {
    if (event.type === 'changed') return this.#set(event.person);
    // The server was out of reach before it: changes may have been missed.
    this.#online.clear();
    for (const person of event.people) this.#set(person);
  }

  #set({ userId, devices }: Person): void {
    const before = this.#online.get(userId);
    const now = new Set(devices.map(({ deviceId }) => deviceId));
    this.#online.set(userId, now);
    for (const deviceId of now) if (!before?.has(deviceId)) this.#onAvailable(deviceId);
  }
}
