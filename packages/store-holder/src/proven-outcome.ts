// Whether a column that was fetched is what it was said to be, by all that is here of it and not only by what came last.
// Fetches nothing and remembers nothing.
import type { Column } from '@ferry/shared';
import type { ColumnShelf } from './column-shelf.ts';
import type { FetchOutcome } from './fetch-outcome.ts';

export interface FetchedColumn {
  shelf: Pick<ColumnShelf, 'get' | 'contentIdOf'>;
  column: Column;
  /** What the server says now that it must be, where it knows. */
  told: string | null;
}

/**
 * What came in an earlier go, before the content id was told, was held to nothing; from then on only what comes is. So what
 * is signed is what all that is here comes to, and never what it was said to be.
 */
export async function provenOutcome(
  fetched: FetchOutcome,
  { shelf, column, told }: FetchedColumn,
): Promise<FetchOutcome> {
  if (fetched.type !== 'whole') return fetched;
  const record = shelf.get(column);
  const found = record && (await shelf.contentIdOf(record).catch(() => undefined));
  if (found === undefined) return { type: 'failed' };
  return found === fetched.contentId && (told === null || found === told) ? fetched : { type: 'wrong' };
}
