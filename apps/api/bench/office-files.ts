// The files of an invented person, as one walks through their folders: names in several scripts, folders one to six
// deep, sizes from bytes to gigabytes. Knows no catalog.
import type { PublishedFile } from '@ferry/shared';
import type { Chance } from './chance.ts';
import { EXTENSIONS, LANGUAGES, type Language, WORDS } from './office-words.ts';

/** Of files that are somebody else's, too: ten in a hundred. */
const EQUAL = 0.1;
/** Hashed already. */
const VERIFIED = 0.8;
/** What everybody has a copy of. */
const COMMON_CONTENTS = 20_000;
const FOLDER_FILES = 14;
const MOST_DEPTH = 6;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const NOW_MS = Date.UTC(2026, 10, 1);
const HUGE_BYTES = 20 * 1024 ** 3;

export class OfficeFiles {
  readonly #chance: Chance;
  readonly #language: Language;

  constructor(chance: Chance) {
    this.#chance = chance;
    this.#language = chance.weighted(LANGUAGES);
  }

  /** In the order of a walk: folder by folder. */
  *files(count: number): Generator<PublishedFile> {
    const taken = new Set<string>();
    let folder: string[] = [];
    for (let made = 0; made < count; ) {
      folder = this.#nextFolder(folder);
      const inFolder = Math.ceil(-Math.log(1 - this.#chance.next()) * FOLDER_FILES);
      for (let n = 0; n < inFolder && made < count; n++) {
        const path = [...folder, this.fileName()].join('/');
        if (taken.has(path) || folder.some((_, at) => taken.has(folder.slice(0, at + 1).join('/')))) continue;
        taken.add(path);
        made++;
        yield [path, this.#sizeBytes(), this.#modifiedMs(), this.#contentId()];
      }
    }
  }

  fileName(): string {
    return `${this.#title()}.${this.#chance.weighted(EXTENSIONS)}`;
  }

  folderName(): string {
    const chance = this.#chance;
    return chance.is(0.2) ? String(chance.between(2012, 2026)) : this.#title(2);
  }

  /** Deeper, beside, or back up a little. */
  #nextFolder(before: readonly string[]): string[] {
    const chance = this.#chance;
    const kept = before.slice(0, chance.between(0, Math.min(before.length, MOST_DEPTH - 1)));
    return [...kept, this.folderName()];
  }

  #title(mostWords = 4): string {
    const chance = this.#chance;
    if (chance.is(0.12)) return `${chance.one(['IMG', 'DSC', 'Scan', 'VID'])}_${chance.between(1, 99_999)}`;
    const language = chance.is(0.4) ? this.#language : 'english';
    const words = Array.from({ length: chance.between(1, mostWords) }, () => chance.one(WORDS[language]));
    if (chance.is(0.35)) words.push(String(chance.is(0.5) ? chance.between(2012, 2026) : chance.between(1, 400)));
    const joined = words.join(
      language === 'chinese' || language === 'japanese' ? '' : chance.one([' ', '_', '-', ' ']),
    );
    return chance.is(0.3) ? joined[0]!.toUpperCase() + joined.slice(1) : joined;
  }

  #sizeBytes(): number {
    return Math.min(HUGE_BYTES, Math.floor(Math.exp(11.2 + 2.4 * this.#chance.normal())));
  }

  /** More of them from lately. */
  #modifiedMs(): number {
    return Math.floor(NOW_MS - 10 * YEAR_MS * this.#chance.next() ** 2);
  }

  #contentId(): string | null {
    const chance = this.#chance;
    if (!chance.is(VERIFIED)) return null;
    if (!chance.is(EQUAL)) return chance.bytes(32).toString('base64url');
    const common = Buffer.alloc(32);
    common.writeUInt32BE(chance.between(0, COMMON_CONTENTS));
    return common.toString('base64url');
  }
}
