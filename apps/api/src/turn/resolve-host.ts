// The address of a relay's name, bounded in time.
import { lookup } from 'node:dns/promises';
import { WireError } from './wire.ts';

/** @throws WireError */
export async function resolveHost(host: string, ended: AbortSignal): Promise<string> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new WireError('unknown-name', 'ETIMEDOUT'));
  ended.addEventListener('abort', giveUp, { once: true });
  if (ended.aborted) giveUp();
  try {
    return await Promise.race([lookup(host).then(({ address }) => address), timeout]);
  } catch (error) {
    if (error instanceof WireError) throw error;
    throw new WireError('unknown-name', (error as NodeJS.ErrnoException).code ?? 'unknown');
  } finally {
    ended.removeEventListener('abort', giveUp);
  }
}
