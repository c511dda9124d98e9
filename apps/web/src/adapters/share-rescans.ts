// Has shared folders looked at again when somebody comes back to the page: not every browser tells of changes on disk.
// Knows nothing of folders.
import type { EngineClient } from './engine-contract.ts';
import { onPageReturn } from './page-return.ts';

/** Walking costs something: not whenever somebody changes tabs. */
const AWAY_MS = 5 * 60_000;

/** @returns how to stop */
export function rescanOnReturn(engine: Pick<EngineClient, 'subscribe' | 'catalog'>): () => void {
  let shareIds: string[] = [];
  const unsubscribe = engine.subscribe(({ shares }) => {
    shareIds = shares.filter(({ status }) => status !== 'disconnected').map(({ shareId }) => shareId);
  });
  const stop = onPageReturn(AWAY_MS, () => {
    // Another tab may have stopped it meanwhile, or the engine may just be moving to another tab.
    for (const shareId of shareIds) engine.catalog.rescanShare(shareId).catch(() => {});
  });
  return () => {
    stop();
    unsubscribe();
  };
}
