// The engine over this program's connections, and the holder on it. Knows the server and the folder by their ports alone.
import { type ColumnStores, DeviceSigner, Holder } from '@ferry/store-holder';
import { Exchange, PeerNetwork, rtcConnector } from '@ferry/webrtc-core';
import type { NodeFolder } from './disk/node-folder.ts';
import type { Log } from './log.ts';
import { createNodeConnection } from './peer/node-connection.ts';
import { nodeHolderServer } from './server/node-holder-server.ts';
import { refusalOf } from './server/refusal.ts';
import type { ServerLink } from './server/server-link.ts';
import { statusLine } from './status.ts';

const STATUS_EVERY_MS = 60_000;

export interface HoldingOptions {
  link: ServerLink;
  folder: NodeFolder;
  /** Of columns: the folder's own, or what stands before them. */
  stores: ColumnStores;
  offeredBytes: number;
  log: Log;
}

interface Parts {
  network: PeerNetwork;
  exchange: Exchange;
  holder: Holder;
  /** Aborted when nothing is asked of the server any more. */
  ending: AbortController;
}

export class Holding {
  readonly #options: HoldingOptions;
  readonly #network: PeerNetwork;
  readonly #exchange: Exchange;
  readonly #holder: Holder;
  readonly #ending: AbortController;
  readonly #statusTimer: ReturnType<typeof setInterval>;

  static async start(options: HoldingOptions): Promise<Holding> {
    const { link, folder, stores, offeredBytes, log } = options;
    const { records, freeBytes, keys } = folder;
    const { nodeId } = link.device;
    const signer = await DeviceSigner.for(nodeId, keys);
    const network = new PeerNetwork({
      selfId: nodeId,
      signaling: link.join(),
      configuration: link.rtcConfiguration,
      createConnection: createNodeConnection,
    });
    const exchange = new Exchange({ connector: rtcConnector(network), stores });
    const ending = new AbortController();
    const server = nodeHolderServer(link.api, {
      signal: ending.signal,
      onError: (error) =>
        log.warn({ code: refusalOf(error).ferryCode }, 'The server ended the watch for duties. Trying again.'),
    });
    const opening = Holder.open({
      ...{ exchange, server, records, stores, freeBytes, signer, offeredBytes },
      isAlwaysOn: true,
    });
    // Whoever comes before all is known that is kept here waits for that.
    exchange.events.on('asked', (asked) => {
      void opening.then((holder) => holder.asked(asked) || asked.refuse('not-found'));
    });
    // Nobody is here to say yes.
    exchange.events.on('incoming', (receiver) => receiver.decline());
    exchange.events.on('peer-error', ({ error }) => log.debug({ code: error.code }, 'A peer was dropped.'));
    return new Holding(options, { network, exchange, ending, holder: await opening });
  }

  private constructor(options: HoldingOptions, parts: Parts) {
    this.#options = options;
    this.#network = parts.network;
    this.#exchange = parts.exchange;
    this.#holder = parts.holder;
    this.#ending = parts.ending;
    this.#holder.start();
    this.#statusTimer = setInterval(() => void this.#tellStatus(), STATUS_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#statusTimer);
    this.#ending.abort();
    await this.#holder.stop();
    this.#exchange.close();
    this.#network.close();
  }

  async #tellStatus(): Promise<void> {
    const { log, link, folder } = this.#options;
    if (!log.isLevelEnabled('debug')) return;
    const freeBytes = await folder.freeBytes().catch(() => 0);
    log.debug(statusLine({ isConnected: link.isConnected, holder: this.#holder.snapshot(), freeBytes }));
  }
}
