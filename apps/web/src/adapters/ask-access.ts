// Asks the browser to open again what it opened before a reload. Must be called from a click.
import type { LockedHandle } from './engine-contract.ts';

/**
 * Asks for all of them at once: the click is spent by the time the first answer is there.
 *
 * @returns whether every one may be opened now
 */
export async function askAccess(locked: readonly LockedHandle[]): Promise<boolean> {
  const answers = await Promise.allSettled(locked.map(({ handle, mode }) => handle.requestPermission({ mode })));
  return answers.every((answer) => answer.status === 'fulfilled' && answer.value === 'granted');
}
