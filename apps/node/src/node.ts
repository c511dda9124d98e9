// A holder without a browser, put together: its folder, its server, and what it keeps for others. Goes on until it is
// stopped, whatever becomes of server and peers.
import type { ColumnStores } from '@ferry/store-holder';
import native from 'node-datachannel';
import { NodeFolder } from './disk/node-folder.ts';
import { keepHealthFile } from './health-file.ts';
import { Holding } from './holding.ts';
import type { Log } from './log.ts';
import { ServerLink } from './server/server-link.ts';
import type { Settings } from './settings.ts';
import type { StopReason } from './stop-reason.ts';

export interface NodeOptions {
  settings: Settings;
  log: Log;
  /** Aborted when it is to end. */
  signal: AbortSignal;
  /** What stands between it and the columns on its disk, such as a broken disk. */
  throughStores?: (stores: ColumnStores) => ColumnStores;
}

/**
 * Resolves when it has ended as it was told to.
 * @throws StopReason when there is no use in going on
 */
export async function runNode(options: NodeOptions): Promise<void> {
  const folder = await NodeFolder.open(options.settings.folder);
  try {
    await holdIn(folder, options);
  } catch (error) {
    if (!options.signal.aborted) throw error;
  } finally {
    folder.close();
    // Its threads would keep the process alive.
    native.cleanup();
  }
}

async function holdIn(folder: NodeFolder, options: NodeOptions): Promise<void> {
  const { settings, log, signal, throughStores = (stores) => stores } = options;
  const { origin, token, offeredBytes, healthFile } = settings;
  const ended = Promise.withResolvers<void>();
  // It may be refused while there is nobody yet who waits for that.
  ended.promise.catch(() => {});
  signal.addEventListener('abort', () => ended.resolve(), { once: true });
  const link = await ServerLink.open({
    ...{ origin, log, signal },
    signIn: (api) => api.auth.signInNode.mutate({ token }, { signal }),
    onStop: (reason: StopReason) => ended.reject(reason),
  });
  const holding = await Holding.start({ link, folder, stores: throughStores(folder.stores), log, offeredBytes });
  const stopHealthFile = healthFile === undefined ? undefined : keepHealthFile(healthFile, () => link.isConnected);
  try {
    await ended.promise;
  } finally {
    log.info('Stopping.');
    stopHealthFile?.();
    // In this order: peers are told by signals that it goes.
    await holding.stop();
    await link.close();
  }
}
