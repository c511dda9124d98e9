// Where the next page of a search begins, as text that means nothing to whoever carries it. Everything in it is checked:
// it comes from outside. Knows no index.
import { createHash } from 'node:crypto';
import { LIMITS, type SearchRequest } from '@ferry/shared';
import * as z from 'zod/mini';
import { ORDERED_NAME_CHARACTERS } from './listing-orders.ts';

const entryNoSchema = z.int().check(z.minimum(0));

/** A tuple, because there is no room for names. A new version of it is a new number at its beginning. */
const cursorSchema = z.tuple([
  z.literal(1),
  /** Of what was asked: the cursor of one search is none of another. */
  z.string().check(z.length(8)),
  /** `ranked`: all matches that there are, or as many as are ranked. `listed`: read on from here. */
  z.enum(['ranked', 'listed']),
  /** When it began. */
  z.int().check(z.minimum(0), z.maximum(LIMITS.latestMs)),
  /** The newest entry when it began, and the oldest that is looked at. */
  entryNoSchema,
  entryNoSchema,
  /** The last one that was shown, or passed over: what it is sorted by, and its number. */
  z.union([z.number(), z.string().check(z.maxLength(2 * ORDERED_NAME_CHARACTERS))]),
  entryNoSchema,
  /** The total, as the first page said it. */
  z.int().check(z.minimum(0)),
  /** OnlineSnapshot. */
  z.string().check(z.maxLength(LIMITS.catalogQueryCharacters * 2)),
]);

export interface SearchCursor {
  mode: 'ranked' | 'listed';
  nowMs: number;
  newestEntry: number;
  oldestEntry: number;
  lastKey: number | string;
  lastEntry: number;
  count: number;
  online: string;
}

export function cursorText(asked: string, cursor: SearchCursor): string {
  const { mode, nowMs, newestEntry, oldestEntry, lastKey, lastEntry, count, online } = cursor;
  const tuple = [1, asked, mode, nowMs, newestEntry, oldestEntry, lastKey, lastEntry, count, online];
  return Buffer.from(JSON.stringify(tuple)).toString('base64url');
}

/** @returns null for what is none, or is of another search */
export function readCursor(asked: string, text: string): SearchCursor | null {
  let tuple: unknown;
  try {
    tuple = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
  const { success, data } = z.safeParse(cursorSchema, tuple);
  if (!success || data[1] !== asked) return null;
  const [, , mode, nowMs, newestEntry, oldestEntry, lastKey, lastEntry, count, online] = data;
  return { mode, nowMs, newestEntry, oldestEntry, lastKey, lastEntry, count, online };
}

/** Tells one search from another: whose, and what for. */
export function askedFor(userId: string, request: Omit<SearchRequest, 'cursor' | 'limit'>): string {
  const { query, filters = {}, order = 'relevance', isDescending = false } = request;
  const asked = JSON.stringify([userId, query, Object.entries(filters).sort(), order, isDescending]);
  return createHash('sha256').update(asked).digest('base64url').slice(0, 8);
}
