// Everybody who watches the catalog: tells each at a pace of their own that something changed which they may see, and
// what new matches the searches they keep. Knows no sockets.
import type { CatalogEvent } from '@ferry/shared';
import PQueue from 'p-queue';
import type { CatalogIndex } from '../catalog/catalog-index.ts';
import type { ChangeReach } from '../catalog/change-reach.ts';
import { EventMailbox } from '../live-events/event-mailbox.ts';
import { PacedCall } from '../live-events/paced-call.ts';
import type { SavedSearches } from '../saved-searches/saved-searches.ts';
import { refusal } from '../trpc/error.ts';

/** As many as one person may have sockets, and those that are just being replaced. */
const WATCHES_PER_PERSON = 60;
const CHANGED_EVERY_MS = 2000;
/** Everybody who is told asks again: 250 a second can be answered. */
const SPREAD_MS_PER_WATCHER = 4;
const MOST_SPREAD_MS = 2000;
const LOOK_EVERY_MS = 10_000;
/** A page that is reloaded again and again causes no look. */
const FIRST_LOOK_AFTER_MS = 1000;

interface Watcher {
  mailbox: EventMailbox<CatalogEvent>;
  changed: PacedCall;
}

interface Person {
  watchers: Set<Watcher>;
  look: PacedCall;
  ended: AbortController;
}

export class CatalogWatchers {
  readonly #savedSearches: SavedSearches;
  readonly #people = new Map<string, Person>();
  readonly #ended = new AbortController();
  /** One look after the other: kept searches must not slow down those that somebody waits for. */
  readonly #looks = new PQueue({ concurrency: 1 });
  #watcherCount = 0;

  constructor(catalog: Pick<CatalogIndex, 'watch'>, savedSearches: SavedSearches) {
    this.#savedSearches = savedSearches;
    catalog.watch((reach) => this.#onChange(reach), this.#ended.signal);
  }

  /** @throws `too-many` when this person watches from more places than anybody has */
  async *events(userId: string, ended: AbortSignal): AsyncGenerator<CatalogEvent> {
    const person = this.#people.get(userId) ?? this.#addPerson(userId);
    if (person.watchers.size >= WATCHES_PER_PERSON) throw refusal('too-many');
    const watcher = this.#addWatcher(person);
    try {
      yield* watcher.mailbox.read(AbortSignal.any([ended, this.#ended.signal]));
    } finally {
      this.#removeWatcher(userId, person, watcher);
    }
  }

  close(): void {
    this.#ended.abort();
    this.#looks.clear();
  }

  #addWatcher(person: Person): Watcher {
    const mailbox = new EventMailbox<CatalogEvent>(thingOf);
    const spreadMs = () => Math.min(MOST_SPREAD_MS, this.#watcherCount * SPREAD_MS_PER_WATCHER);
    const changed = new PacedCall(() => mailbox.put({ type: 'changed' }), { leastMs: CHANGED_EVERY_MS, spreadMs });
    const watcher = { mailbox, changed };
    person.watchers.add(watcher);
    this.#watcherCount++;
    return watcher;
  }

  #removeWatcher(userId: string, person: Person, watcher: Watcher): void {
    watcher.changed.end();
    person.watchers.delete(watcher);
    this.#watcherCount--;
    if (person.watchers.size > 0) return;
    person.look.end();
    person.ended.abort();
    this.#people.delete(userId);
  }

  #addPerson(userId: string): Person {
    const look = new PacedCall(() => void this.#looks.add(() => this.#look(userId, person)), {
      leastMs: LOOK_EVERY_MS,
      spreadMs: () => FIRST_LOOK_AFTER_MS,
    });
    const person: Person = { watchers: new Set(), look, ended: new AbortController() };
    this.#people.set(userId, person);
    look.want();
    return person;
  }

  #onChange(reach: ChangeReach): void {
    if (reach === 'everyone') for (const person of this.#people.values()) wake(person);
    else for (const userId of reach) wake(this.#people.get(userId));
  }

  async #look(userId: string, person: Person): Promise<void> {
    try {
      const events = await this.#savedSearches.look(userId, person.ended.signal);
      for (const event of events) for (const { mailbox } of person.watchers) mailbox.put(event);
    } catch {
      // An index that is busy, or a database that cannot be read for a moment, is asked again.
      if (!person.ended.signal.aborted && !this.#ended.signal.aborted) person.look.want();
    }
  }
}

function thingOf(event: CatalogEvent): string {
  return event.type === 'changed' ? event.type : event.savedSearchId;
}

function wake(person: Person | undefined): void {
  if (!person) return;
  for (const { changed } of person.watchers) changed.want();
  person.look.want();
}
