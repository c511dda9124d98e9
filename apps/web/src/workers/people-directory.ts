// Whose device is whose, and who is online: what the engine is told by its page. Knows no connections.
import type { EnginePerson } from '../adapters/engine-rpc.ts';

export class PeopleDirectory {
  readonly #people = new Map<string, EnginePerson>();
  /** Never forgotten while the engine runs: a device that went offline still has its owner. */
  readonly #owners = new Map<string, string>();
  #online = new Set<string>();
  readonly #known = Promise.withResolvers<void>();

  /** Resolves when the server has told who there is: before that everybody is a stranger. */
  get known(): Promise<void> {
    return this.#known.promise;
  }

  replace(people: readonly EnginePerson[]): void {
    this.#people.clear();
    for (const person of people) {
      this.#people.set(person.userId, person);
      for (const deviceId of person.deviceIds) this.#owners.set(deviceId, person.userId);
    }
    this.#online = new Set(people.flatMap(({ deviceIds }) => deviceIds));
    this.#known.resolve();
  }

  /** The server told whose device this is, which may be offline. */
  learn(deviceId: string, userId: string): void {
    this.#owners.set(deviceId, userId);
  }

  isOnline(deviceId: string): boolean {
    return this.#online.has(deviceId);
  }

  /** Devices of a user that are online now. */
  devicesOf(userId: string): readonly string[] {
    return this.#people.get(userId)?.deviceIds ?? [];
  }

  person(userId: string): { userId: string; username: string } | undefined {
    const person = this.#people.get(userId);
    return person && { userId, username: person.username };
  }

  /** The owner of a device, if it was ever seen online or heard of. */
  ownerOf(deviceId: string): { userId: string; username: string } | undefined {
    return this.person(this.#owners.get(deviceId) ?? '');
  }
}
