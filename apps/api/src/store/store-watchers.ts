// Everybody who watches the Store: tells devices that there is something to do, and people, at a pace of their own, that
// something changed which they may see. Knows neither what, nor sockets.
import type { StoreEvent } from '@ferry/shared';
import { EventMailbox } from '../live-events/event-mailbox.ts';
import { PacedCall } from '../live-events/paced-call.ts';
import { refusal } from '../trpc/error.ts';

/** As many as one person may have sockets, and those that are just being replaced. */
const WATCHES_PER_PERSON = 60;
/** A file that spreads changes many times a second; who looks at the list asks for all of a page anew. */
const CHANGED_EVERY_MS = 3000;
const SPREAD_MS_PER_WATCHER = 10;
const MOST_SPREAD_MS = 3000;
/** Receipts come one by one; the first is told at once. */
const DUTIES_EVERY_MS = 500;

interface Watcher {
  readonly mailbox: EventMailbox<StoreEvent>;
  readonly changed: PacedCall;
  readonly duties: PacedCall;
}

export class StoreWatchers {
  readonly #people = new Map<string, Set<Watcher>>();
  readonly #devices = new Map<string, Set<Watcher>>();
  readonly #ended = new AbortController();
  #watcherCount = 0;

  /** @throws `too-many` when this person watches from more places than anybody has */
  async *events(userId: string, deviceId: string | undefined, ended: AbortSignal): AsyncGenerator<StoreEvent> {
    if ((this.#people.get(userId)?.size ?? 0) >= WATCHES_PER_PERSON) throw refusal('too-many');
    const watcher = this.#watcher();
    add(this.#people, userId, watcher);
    if (deviceId) add(this.#devices, deviceId, watcher);
    this.#watcherCount++;
    try {
      yield* watcher.mailbox.read(AbortSignal.any([ended, this.#ended.signal]));
    } finally {
      watcher.changed.end();
      watcher.duties.end();
      remove(this.#people, userId, watcher);
      if (deviceId) remove(this.#devices, deviceId, watcher);
      this.#watcherCount--;
    }
  }

  /** There is something to look for on this device. */
  nudge(deviceId: string): void {
    for (const { duties } of this.#devices.get(deviceId) ?? []) duties.want();
  }

  /** Something changed that these people may see. */
  changed(reach: 'everyone' | readonly string[]): void {
    const people = reach === 'everyone' ? this.#people.values() : reach.map((userId) => this.#people.get(userId) ?? []);
    for (const watchers of people) for (const { changed } of watchers) changed.want();
  }

  close(): void {
    this.#ended.abort();
  }

  #watcher(): Watcher {
    const mailbox = new EventMailbox<StoreEvent>(({ type }) => type);
    const spreadMs = () => Math.min(MOST_SPREAD_MS, this.#watcherCount * SPREAD_MS_PER_WATCHER);
    const changed = new PacedCall(() => mailbox.put({ type: 'changed' }), { leastMs: CHANGED_EVERY_MS, spreadMs });
    const duties = new PacedCall(() => mailbox.put({ type: 'duties' }), {
      leastMs: DUTIES_EVERY_MS,
      spreadMs: () => 0,
    });
    return { mailbox, changed, duties };
  }
}

function add(all: Map<string, Set<Watcher>>, id: string, watcher: Watcher): void {
  all.set(id, (all.get(id) ?? new Set()).add(watcher));
}

function remove(all: Map<string, Set<Watcher>>, id: string, watcher: Watcher): void {
  const watchers = all.get(id);
  watchers?.delete(watcher);
  if (watchers?.size === 0) all.delete(id);
}
