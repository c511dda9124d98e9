// What a refusal of the server means for an upload: that it has ended, and how, or that it is tried again. Pure.
import type { UploadProblem } from '../../adapters/store-contract.ts';
import type { Refusal } from '../refusal.ts';

/** It waits for something that passes. */
const PASSING: ReadonlySet<Refusal['code']> = new Set([
  'unreachable',
  'rate-limited',
  'busy',
  'internal',
  'unauthenticated',
]);

export type RefusedUpload = { type: 'try-again' } | { type: 'gone' } | { type: 'failed'; problem: UploadProblem };

export function refusedUpload({ code }: Pick<Refusal, 'code'>, sizeBytes: number): RefusedUpload {
  if (PASSING.has(code)) return { type: 'try-again' };
  if (code === 'version-gone' || code === 'not-found') return { type: 'gone' };
  if (code === 'quota-full') return { type: 'failed', problem: { code, neededBytes: sizeBytes } };
  return { type: 'failed', problem: { code: 'refused' } };
}
