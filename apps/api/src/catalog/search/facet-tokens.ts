// What an entry is found by besides its name: kind, extension, owner, share, size and age, as tokens in the same index, so
// that a rare one of them spares looking through all names with a frequent word. Tokens of size and age are coarse; the
// row says whether it is within the bounds. Knows no SQL.
import { LIMITS } from '@ferry/shared';
import { MARK } from './name-tokens.ts';

export interface EntryFacets {
  shareNo: number;
  ownerNo: number;
  /** As SQLite has it: 0 or 1. */
  isFolder: number;
  kind: string;
  extension: string;
  sizeBytes: number;
  modifiedMs: number;
}

/** Years outside of these count as the first or last of them. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2060;
const MONTHS = 12;
/** Sizes are safe integers. */
const LAST_SIZE_CLASS = 53;

/** Everything has it. */
export const ANYTHING = facet('a', '');

export const kindToken = (kind: string) => facet('k', kind);
export const extensionToken = (extension: string) => facet('x', extension);
export const ownerToken = (ownerNo: number) => facet('o', String(ownerNo));
export const shareToken = (shareNo: number) => facet('s', String(shareNo));

export function tokensOfFacets(entry: EntryFacets): string[] {
  const tokens = [ANYTHING, kindToken(entry.kind), ownerToken(entry.ownerNo), shareToken(entry.shareNo)];
  if (entry.extension !== '') tokens.push(extensionToken(entry.extension));
  // Sizes and ages of folders change with what is in them, which does not bring them into the index again.
  if (entry.isFolder === 1) return tokens;
  const month = monthOf(entry.modifiedMs);
  tokens.push(sizeToken(sizeClassOf(entry.sizeBytes)), monthToken(month), yearToken(Math.floor(month / MONTHS)));
  return tokens;
}

/** Of all files that may be within these bounds: one of them is enough. */
export function sizeTokens(minBytes: number, maxBytes: number): string[] {
  const tokens: string[] = [];
  for (let size = sizeClassOf(minBytes); size <= sizeClassOf(maxBytes); size++) tokens.push(sizeToken(size));
  return tokens;
}

/** The same for the last modification: months in years that are partly within, and whole years between. */
export function ageTokens(fromMs: number, toMs: number): string[] {
  const tokens: string[] = [];
  const last = monthOf(toMs);
  for (let month = monthOf(fromMs); month <= last; ) {
    const isWholeYear = month % MONTHS === 0 && month + MONTHS - 1 <= last;
    tokens.push(isWholeYear ? yearToken(month / MONTHS) : monthToken(month));
    month += isWholeYear ? MONTHS : 1;
  }
  return tokens;
}

function sizeClassOf(sizeBytes: number): number {
  return Math.min(LAST_SIZE_CLASS, Math.floor(Math.log2(Math.max(0, sizeBytes) + 1)));
}

/** Counted from the year 0, in UTC. */
function monthOf(modifiedMs: number): number {
  const date = new Date(Math.max(0, Math.min(modifiedMs, LIMITS.latestMs)));
  const year = date.getUTCFullYear();
  if (year < FIRST_YEAR) return FIRST_YEAR * MONTHS;
  return year > LAST_YEAR ? LAST_YEAR * MONTHS + MONTHS - 1 : year * MONTHS + date.getUTCMonth();
}

const sizeToken = (size: number) => facet('z', size.toString(36));
const monthToken = (month: number) => facet('m', month.toString(36));
const yearToken = (year: number) => facet('y', year.toString(36));

function facet(name: string, value: string): string {
  return `${MARK.facet}${name}${value}`;
}
