// What helps a transfer that does not move by itself. At most one thing at a time; decides, and does nothing itself.
import type { Problem, ProblemCode, TransferSnapshot } from '../../adapters/engine-contract.ts';

export type Remedy =
  | 'retry'
  /** Before the others in its line. */
  | 'start'
  /** The browser must be asked once more. */
  | 'allow'
  /** The files must be chosen again. */
  | 'supply'
  /** Kept in a folder, where this browser has no room. */
  | 'folder'
  /** What changed is fetched as it is now, or left out. */
  | 'choose';

const REMEDIES: Partial<Record<ProblemCode, Remedy>> = {
  'files-locked': 'allow',
  'folder-locked': 'allow',
  'files-needed': 'supply',
  'files-differ': 'supply',
  'files-changed': 'choose',
};

/** It waits for something that only its user can do. */
export function needsMe({ code }: Problem): boolean {
  return REMEDIES[code] !== undefined;
}

export function remedyOf(
  { direction, origin, status, pausedBy, pauseReason, problem, canRetry }: TransferSnapshot,
  { canPickFolder }: { canPickFolder: boolean },
): Remedy | null {
  // What others fetch is theirs to try again; what I share has its own place to be put right.
  if (direction === 'send' && origin === 'catalog') return null;
  if (status === 'failed' && canRetry) return 'retry';
  if (problem && needsMe(problem)) return REMEDIES[problem.code] ?? null;
  if (status !== 'paused' || pausedBy !== 'me') return null;
  if (pauseReason === 'queue') return 'start';
  return pauseReason === 'space' && canPickFolder ? 'folder' : null;
}
