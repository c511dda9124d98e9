// What of a folder is left out: what hides, what systems and programs keep for themselves, what its owner ignores, and
// what cannot be listed. Pure; knows no folders.
import { isCatalogName, isCatalogPath } from '@ferry/shared';
import ignore, { type Ignore } from 'ignore';
import type { ScanRules } from '../../adapters/catalog-contract.ts';

/** In lower case. Nobody means these when they share a folder. */
const SYSTEM_NAMES = new Set([
  // Windows: pictures of folders, and how Explorer shows them.
  'thumbs.db',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'desktop.ini',
  // Windows: waste, restore points and leftovers of updates at the top of every drive.
  '$recycle.bin',
  'recycler',
  'system volume information',
  'found.000',
  // Windows: memory on disk, locked and huge.
  'pagefile.sys',
  'hiberfil.sys',
  'swapfile.sys',
  // macOS: what its archives add beside every file, and waste and indexes on drives of others.
  '__macosx',
  'network trash folder',
  'temporary items',
  // Linux: what fsck found, at the top of every file system.
  'lost+found',
]);
/**
 * Microsoft Office: the lock of an open document, with its author's name in it. Ferry: chunks of what is being received
 * into this folder.
 */
const SYSTEM_PREFIXES = ['~$', 'ferry parts '];
/**
 * Downloads that are under way: Chromium, and what a page of it writes; Firefox and others; Opera; Internet Explorer
 * and Edge; Safari; aria2.
 */
const UNFINISHED_SUFFIXES = ['.crdownload', '.crswap', '.part', '.opdownload', '.partial', '.download', '.aria2'];

/** As much as somebody writes; more is cut. */
const PATTERNS = 1000;
const PATTERN_CHARACTERS = 1024;
/** The library remembers every path that it was asked about. */
const ASKED_AT_MOST = 10_000;

/** `unlistable`: its name cannot be shown, or it is too deep. */
export type Selection = 'listed' | 'left-out' | 'unlistable';

export class ScanSelection {
  readonly #includesHidden: boolean;
  readonly #excludedPaths: ReadonlySet<string>;
  #ignored: Ignore | undefined;
  #askedCount = 0;

  /** @param excludedPaths files and folders that are not shared any more */
  constructor({ includesHidden, ignore: patterns }: ScanRules, excludedPaths: readonly string[]) {
    this.#includesHidden = includesHidden;
    this.#excludedPaths = new Set(excludedPaths);
    const usable = patterns.slice(0, PATTERNS).filter(isUsable);
    if (usable.length > 0) this.#ignored = ignore().add(usable);
  }

  /** Of something whose folder is listed. */
  of(path: string, isFolder: boolean): Selection {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!this.#includesHidden && isHidden(name)) return 'left-out';
    if (this.#excludedPaths.has(path)) return 'left-out';
    if (!isCatalogName(name) || !isCatalogPath(path)) return 'unlistable';
    return this.#isIgnored(isFolder ? `${path}/` : path) ? 'left-out' : 'listed';
  }

  /** Of a file, as far as its folders let: for one that is not come upon in a walk. */
  ofFile(path: string): Selection {
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const folder = this.of(path.slice(0, slash), true);
      if (folder !== 'listed') return folder;
    }
    return this.of(path, false);
  }

  #isIgnored(path: string): boolean {
    if (!this.#ignored) return false;
    if (++this.#askedCount % ASKED_AT_MOST === 0) this.#ignored = ignore().add(this.#ignored);
    return this.#ignored.ignores(path);
  }
}

function isHidden(name: string): boolean {
  const lowerCase = name.toLowerCase();
  return (
    name.startsWith('.') ||
    SYSTEM_NAMES.has(lowerCase) ||
    SYSTEM_PREFIXES.some((prefix) => lowerCase.startsWith(prefix)) ||
    UNFINISHED_SUFFIXES.some((suffix) => lowerCase.endsWith(suffix))
  );
}

/** One that makes no regular expression would end every walk. */
function isUsable(pattern: string): boolean {
  if (pattern.length > PATTERN_CHARACTERS) return false;
  try {
    ignore().add(pattern).ignores('a/b');
    return true;
  } catch {
    return false;
  }
}
