// Which entries of one bundle are which of another, and with them their chunks: two sources of the same files number
// them differently. Pure.
import { BundleLayout } from '../content/layout.ts';
import { chooseEntries, type Manifest, type ManifestEntry } from '../content/manifest.ts';
import { type Run, runsOf } from '../content/run.ts';

const NONE = -1;

export class EntryMap {
  /** Of their manifest: what is chosen there. */
  readonly theirRuns: readonly Run[];
  readonly theirs: BundleLayout;
  readonly #own: BundleLayout;
  /** Own entry → theirs among the chosen, or NONE; undefined when both are numbered alike. */
  readonly #toTheirs: Int32Array | undefined;
  readonly #toOwn: Int32Array | undefined;

  private constructor(own: BundleLayout, theirs: BundleLayout, theirRuns: readonly Run[], pairs?: [number, number][]) {
    this.#own = own;
    this.theirs = theirs;
    this.theirRuns = theirRuns;
    if (!pairs) return;
    this.#toTheirs = new Int32Array(own.entryCount).fill(NONE);
    this.#toOwn = new Int32Array(theirs.entryCount);
    for (const [ownEntry, theirEntry] of pairs) {
      this.#toTheirs[ownEntry] = theirEntry;
      this.#toOwn[theirEntry] = ownEntry;
    }
  }

  /** Both sides have chosen the same entries of one manifest. */
  static same(layout: BundleLayout, chosenRuns: readonly Run[]): EntryMap {
    return new EntryMap(layout, layout, chosenRuns);
  }

  /**
   * Pairs what is wanted with what another bundle has: by content id, and where one of both has none, in a bundle that
   * is the very place it is wanted from, by path, size and time.
   */
  static between(
    { chosen, layout }: { chosen: Manifest; layout: BundleLayout },
    manifest: Manifest,
    { isOrigin }: { isOrigin: boolean },
  ): EntryMap {
    const wanted = new Map<string, number[]>();
    // From the last to the first, so that of equal ones the first is on top of the stack.
    for (let index = chosen.entries.length - 1; index >= 0; index--) {
      for (const key of keysOf(chosen.entries[index]!, isOrigin)) {
        const same = wanted.get(key);
        if (same) same.push(index);
        else wanted.set(key, [index]);
      }
    }
    const taken = new Set<number>();
    const take = (key: string, entry: ManifestEntry) => {
      const same = wanted.get(key) ?? [];
      while (same.length > 0 && taken.has(same.at(-1)!)) same.pop();
      const own = same.at(-1);
      return own !== undefined && agree(chosen.entries[own]!, entry) ? own : undefined;
    };
    const found: [own: number, their: number][] = [];
    for (const [their, entry] of manifest.entries.entries()) {
      for (const key of keysOf(entry, isOrigin)) {
        const own = take(key, entry);
        if (own === undefined) continue;
        taken.add(own);
        found.push([own, their]);
        break;
      }
    }
    const theirRuns = runsOf(found.map(([, their]) => their));
    const pairs = found.map(([own], place): [number, number] => [own, place]);
    return new EntryMap(layout, new BundleLayout(chooseEntries(manifest, theirRuns)), theirRuns, pairs);
  }

  get isEmpty(): boolean {
    return this.theirs.entryCount === 0;
  }

  hasEntry(ownEntry: number): boolean {
    return !this.#toTheirs || this.#toTheirs[ownEntry] !== NONE;
  }

  entryToTheirs(ownEntry: number): number {
    return this.#toTheirs ? this.#toTheirs[ownEntry]! : ownEntry;
  }

  entryToOwn(theirEntry: number): number {
    return this.#toOwn ? this.#toOwn[theirEntry]! : theirEntry;
  }

  has(ownChunk: number): boolean {
    return !this.#toTheirs || this.hasEntry(this.#own.entryOf(ownChunk));
  }

  /** Own chunks as they number them; those that they do not have are left out. */
  toTheirs(ownRuns: readonly Run[]): Run[] {
    if (!this.#toTheirs) return [...ownRuns];
    return this.#translate(ownRuns, this.#own, this.theirs, (entry) => this.entryToTheirs(entry));
  }

  toOwn(theirRuns: readonly Run[]): Run[] {
    if (!this.#toOwn) return [...theirRuns];
    return this.#translate(theirRuns, this.theirs, this.#own, (entry) => this.entryToOwn(entry));
  }

  #translate(runs: readonly Run[], from: BundleLayout, to: BundleLayout, entryIn: (entry: number) => number): Run[] {
    const pieces: Run[] = [];
    for (const { first, count } of runs) {
      for (let at = first; at < first + count; ) {
        const entry = from.entryOf(at);
        const chunks = from.chunksOf(entry);
        const length = Math.min(first + count, chunks.first + chunks.count) - at;
        const other = entryIn(entry);
        if (other !== NONE) pieces.push({ first: to.chunksOf(other).first + at - chunks.first, count: length });
        at += length;
      }
    }
    return joined(pieces);
  }
}

function keysOf({ path, contentId, sizeBytes, modifiedMs }: ManifestEntry, isOrigin: boolean): string[] {
  const keys = isOrigin ? [`place ${sizeBytes} ${modifiedMs} ${path.join('/')}`] : [];
  if (contentId) keys.push(`content ${contentId.join(' ')} ${sizeBytes}`);
  return keys;
}

/** Where both have a content id, only that counts. */
function agree(a: ManifestEntry, b: ManifestEntry): boolean {
  return !a.contentId || !b.contentId || a.contentId.every((byte, index) => byte === b.contentId![index]);
}

/** In ascending order, and joined where they touch. */
function joined(pieces: Run[]): Run[] {
  pieces.sort((a, b) => a.first - b.first);
  const runs: Run[] = [];
  for (const { first, count } of pieces) {
    const last = runs.at(-1);
    if (last && last.first + last.count === first) last.count += count;
    else runs.push({ first, count });
  }
  return runs;
}
