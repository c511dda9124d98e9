// A catalog that nobody shares: files that do not exist, found, counted and walked through as the server would.
import type { CatalogEntry, CatalogKind, CatalogOwner, CatalogShare, CatalogSource, SearchResult } from '@ferry/shared';
import type { CatalogServer } from '../src/services.ts';
import { colleagues } from './invented-people.ts';

const SUBJECTS = ['Northwind', 'Atlas', 'Q3', 'Kiln', 'Harbor', 'Onboarding', 'Pilot', 'Summit'];
const THINGS: [string, string, CatalogKind][] = [
  ['mockup', 'png', 'image'],
  ['photos', '', 'folder'],
  ['interview', 'mov', 'video'],
  ['budget', 'xlsx', 'spreadsheet'],
  ['contract', 'pdf', 'pdf'],
  ['release', 'zip', 'archive'],
  ['deck', 'pptx', 'presentation'],
];
const SHARES = ['Design', 'Footage 2026', 'Contracts', 'Finance', 'Releases', 'Archive'];
const OWNERS = [6, 1, 2, 3, 4, 0, 5, 7];
const DAY_MS = 86_400_000;

/** The same number for the same index, without any order to be seen. */
function scattered(index: number, below: number): number {
  return (Math.imul(index + 11, 2_654_435_761) >>> 8) % below;
}

export function inventedEntry(index: number, change: Partial<CatalogEntry> = {}): SearchResult {
  const [thing, extension, kind] = THINGS[scattered(index, THINGS.length)]!;
  const person = colleagues[OWNERS[scattered(index * 3, OWNERS.length)]!]!;
  const name = `${SUBJECTS[scattered(index * 7, SUBJECTS.length)]} ${thing} ${scattered(index, 97) + 1}`;
  const share = scattered(index * 5, SHARES.length);
  const fullName = extension ? `${name}.${extension}` : name;
  const place = { shareId: `share-${share}`, path: `${2024 + (index % 3)}/${fullName}` };
  const source = sourceOf(person.userId, place);
  const isFolder = kind === 'folder';
  const sourceCount = !isFolder && index % 5 === 2 ? 2 + (index % 3) : 1;
  return {
    kind,
    ...source,
    name: fullName,
    shareTitle: SHARES[share]!,
    sizeBytes: 10 ** (3 + scattered(index, 60) / 10),
    modifiedMs: Date.now() - scattered(index * 13, 300) * DAY_MS,
    fileCount: isFolder ? 3 + scattered(index, 900) : 1,
    contentId: isFolder || index % 4 === 3 ? null : contentId(index),
    sources: Array.from({ length: sourceCount }, (_, at) =>
      at === 0 ? source : sourceOf(colleagues[at]!.userId, { shareId: `copy-${at}`, path: fullName }),
    ),
    sourceCount,
    isPassedOn: false,
    highlights: [],
    ...change,
  };
}

function sourceOf(userId: string, place: { shareId: string; path: string }): CatalogSource {
  return { userId, deviceId: `${userId}-0`, ...place };
}
function contentId(index: number): string {
  return `${`Zq7fXn0aVt4mKc2Rb9LwE6sHdY1uPj3gTi8oM5x${index}`.slice(0, 42).padEnd(42, 'k')}A`;
}

export interface InventedCatalog {
  fileCount: number;
  /** Of the one folder there is. */
  folderCount?: number;
  /** The server says no number beyond this. */
  countsTo?: number;
}

export function inventedCatalog({ fileCount, folderCount = 100_000, countsTo = 1e9 }: InventedCatalog): CatalogServer {
  const all = Array.from({ length: Math.min(fileCount, 3000) }, (_, index) => inventedEntry(index));
  const share = shareOf(0, colleagues[1]!.userId, folderCount);
  return {
    async search({ query, filters = {}, cursor, limit }) {
      const words = query
        .toLowerCase()
        .replaceAll(/-?\S*[:><]\S*|-\S+|"/g, '')
        .split(/\s+/)
        .filter(Boolean);
      const found = all
        .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
        .filter(({ kind }) => !filters.kinds || filters.kinds.includes(kind))
        .filter(({ userId }) => !filters.ownerIds || filters.ownerIds.includes(userId))
        .filter(({ sizeBytes }) => sizeBytes >= (filters.minBytes ?? 0))
        .map((entry) => ({ ...entry, highlights: words.flatMap((word) => marked(entry.name, word)).sort(byStart) }));
      const at = Number(cursor ?? 0);
      const count = words.length + Object.keys(filters).length === 0 ? fileCount : found.length;
      const next = at + limit < found.length ? String(at + limit) : null;
      return {
        results: found.slice(at, at + limit),
        next,
        total: { count: Math.min(count, countsTo), isExact: count <= countsTo },
        problems: /owner:Grcae/.test(query) ? [{ code: 'owner-unknown', part: 'owner:Grcae' }] : [],
      };
    },
    owners: async () => (fileCount === 0 ? [] : OWNERS.map((at, index) => ownerOf(colleagues[at]!.userId, index))),
    sharesOf: async (userId) =>
      userId === share.userId ? [share, shareOf(2, userId, 48)] : [shareOf(scattered(userId.length, 6), userId, 12)],
    async children({ path, offset, limit }) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      const entries = Array.from({ length: Math.max(0, Math.min(limit, folderCount - offset)) }, (_, index) =>
        inFolder(share, path, offset + index),
      );
      return { share, entries, total: folderCount };
    },
    details: async ({ shareId, path }) => {
      const entry = all.find((known) => known.shareId === shareId && known.path === path) ?? inFolder(share, '', 2);
      return { ...entry, holderCount: 2 };
    },
    savedSearches: async () => [],
    saveSearch: async (search) => ({ ...search, createdAt: Date.now(), newCount: 0 }),
    removeSavedSearch: async () => {},
    savedSearchOpened: async () => {},
    watch: () => () => {},
  };
}

function ownerOf(userId: string, index: number): CatalogOwner {
  return { userId, shareCount: 2, fileCount: 1200, totalBytes: 4e9, updatedAt: Date.now() - index * 1000 };
}
function shareOf(index: number, userId: string, fileCount: number): CatalogShare {
  const title = SHARES[index]!;
  const place = { shareId: `share-${index}`, userId, deviceId: `${userId}-0` };
  return { ...place, title, kind: 'folder', fileCount, totalBytes: 4e9, updatedAt: Date.now() };
}
function inFolder({ shareId, userId, deviceId, title }: CatalogShare, folder: string, index: number): SearchResult {
  // Folders come first.
  const name =
    index < 3 ? ['Q1', 'Q2', 'Selects'][index]! : `A${String(index).padStart(6, '0')} take ${(index % 7) + 1}.mov`;
  const path = folder ? `${folder}/${name}` : name;
  const place = { shareId, userId, deviceId, path };
  const kind = index < 3 ? 'folder' : 'video';
  const known = inventedEntry(index);
  const isFolder = kind === 'folder';
  return {
    ...known,
    ...place,
    name,
    kind,
    shareTitle: title,
    fileCount: isFolder ? 420 : 1,
    contentId: isFolder ? null : known.contentId,
    sources: [place],
    sourceCount: 1,
    isPassedOn: false,
  };
}
function marked(name: string, word: string): [number, number][] {
  const at = name.toLowerCase().indexOf(word);
  return at < 0 ? [] : [[at, at + word.length]];
}
function byStart([a]: [number, number], [b]: [number, number]): number {
  return a - b;
}
