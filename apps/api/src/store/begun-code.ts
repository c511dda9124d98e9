// The code of a version that is begun once more, because the server lost it: the columns that there are depend on it. As its
// uploader was told it, and nothing that this server would not have chosen itself. Pure.
import type { StoreCode } from '@ferry/shared';
import type { Code } from './code.ts';
import { chooseCode, raiseCode } from './code-choice.ts';
import { spareCount } from './placement.ts';

const EVERYBODY = { ownerCount: Number.POSITIVE_INFINITY };

/** @returns undefined for one that nobody was told */
export function begunCode({ k, n: told }: StoreCode, sizeBytes: number): Code | undefined {
  if (k > chooseCode(sizeBytes, EVERYBODY).k) return undefined;
  let { n } = raiseCode({ k, n: 0 }, sizeBytes, EVERYBODY);
  // What devices are told counts the spares.
  while (n > 0 && n + spareCount({ k, n }) > told) n--;
  return n < k ? undefined : { k, n };
}
