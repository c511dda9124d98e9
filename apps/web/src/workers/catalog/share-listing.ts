// Brings what is remembered of a share's files in line with what a walk finds: new, changed, and gone. Knows no folders
// and no server.
import { type EntryStep, type FoundFile, found, gone } from './entry-change.ts';
import type { EntryChanges } from './entry-changes.ts';
import type { EntryRecords } from './entry-records.ts';
import { SeenPaths } from './seen-paths.ts';

/** Entries read at once. */
const READ_AT_ONCE = 1000;

export class ShareListing {
  readonly #entries: EntryRecords;
  readonly #changes: EntryChanges;
  readonly #shareId: string;
  readonly #changed: () => void;
  readonly #seen = new SeenPaths();
  /** Files as they are remembered: most are found as they were, and need not be looked up. */
  readonly #known = new SeenPaths();

  /** @param changed is told of every page that made a difference */
  constructor(records: { entries: EntryRecords; changes: EntryChanges }, shareId: string, changed: () => void) {
    this.#entries = records.entries;
    this.#changes = records.changes;
    this.#shareId = shareId;
    this.#changed = changed;
  }

  get seenCount(): number {
    return this.#seen.count;
  }

  /** Before a walk of everything. */
  async recall(): Promise<void> {
    for await (const page of this.#pages('')) {
      for (const entry of page) if (!entry.isUnreadable) this.#known.add(stateKey(entry));
    }
  }

  async found(page: readonly FoundFile[]): Promise<void> {
    // Two files that were chosen may have one name: the first one counts.
    const fresh = page.filter(({ path }) => this.#seen.add(path));
    const unknown = fresh.filter((file) => !this.#known.has(stateKey(file)));
    const steps = unknown.map((file): [string, EntryStep] => [file.path, found(this.#shareId, file)]);
    await this.#change(new Map(steps));
  }

  /** Everything that was remembered below this folder, and was not found, is gone. */
  async sweep(under: string): Promise<void> {
    for await (const page of this.#pages(under)) {
      const lost = page.filter(({ path }) => !this.#seen.has(path));
      await this.#change(new Map(lost.map(({ path }) => [path, gone])));
    }
  }

  /** This file is gone. */
  async lost(path: string): Promise<void> {
    await this.#change(new Map([[path, gone]]));
  }

  async *#pages(under: string) {
    let after: string | undefined;
    do {
      const page = await this.#entries.page(this.#shareId, { under, after, limit: READ_AT_ONCE });
      if (page.length > 0) yield page;
      after = page.length === 0 ? undefined : page.at(-1)!.path;
    } while (after !== undefined);
  }

  async #change(steps: ReadonlyMap<string, EntryStep>): Promise<void> {
    if (steps.size > 0 && (await this.#changes.make(this.#shareId, steps)) > 0) this.#changed();
  }
}

function stateKey({ path, sizeBytes, modifiedMs }: Pick<FoundFile, 'path' | 'sizeBytes' | 'modifiedMs'>): string {
  return `${sizeBytes} ${modifiedMs} ${path}`;
}
