// The code that one group really has: of a group whose only stripe has fewer chunks than k, the data columns that are left
// over are zeros, which nobody keeps and everybody knows. Columns are counted here without them. Knows no places.
import type { Code } from './code.ts';
import { lastStripeChunks, type Striped, stripeCount } from './column-size.ts';

export interface GroupCode extends Code {
  /** Data columns that there are not, from `k` on. */
  readonly absent: number;
}

export function groupCode({ k, n }: Code, sizeBytes: number, group: number): GroupCode {
  const striped: Striped = { sizeBytes, k };
  const needed = stripeCount(striped, group) === 1 ? lastStripeChunks(striped, group) : k;
  const absent = k - needed;
  return { k: needed, n: Math.max(0, n - absent), absent };
}

/** A column as it is counted without those that there are not. */
export function countedIndex({ k, absent }: GroupCode, index: number): number {
  return index < k ? index : index - absent;
}

/** A column as it is called everywhere else. */
export function columnIndex({ k, absent }: GroupCode, counted: number): number {
  return counted < k ? counted : counted + absent;
}
