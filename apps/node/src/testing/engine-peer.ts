// A person's device that is no browser: the engine over this program's connections and the real server, with an ordinary
// account. Accepts whatever is sent to it, and keeps it in memory. Knows nothing of what is stored.
import { createHash, randomUUID } from 'node:crypto';
import {
  BundleLayout,
  blobBundle,
  Exchange,
  MemoryStores,
  PeerNetwork,
  type Receiver,
  rtcConnector,
} from '@ferry/webrtc-core';
import { openLog } from '../log.ts';
import { createNodeConnection } from '../peer/node-connection.ts';
import type { FerryApi } from '../server/http-session.ts';
import { ServerLink } from '../server/server-link.ts';

export class EnginePeer {
  readonly deviceId: string;
  readonly exchange: Exchange;
  readonly received: Receiver[] = [];
  /** All that were ever made. */
  readonly connections: RTCPeerConnection[] = [];
  readonly #network: PeerNetwork;
  readonly #stores = new MemoryStores();
  readonly #link: ServerLink;

  /** With a new account. */
  static async join(account: { origin: string; username: string; password: string }): Promise<EnginePeer> {
    const { origin, username, password } = account;
    let isNew = true;
    const link = await ServerLink.open({
      origin,
      signIn: async (api) => {
        await (isNew ? api.auth.register : api.auth.signIn).mutate({ username, password });
        isNew = false;
        return { nodeId: randomUUID(), name: 'A program' };
      },
      log: openLog('warn'),
      onStop: (reason) => {
        throw reason;
      },
      signal: new AbortController().signal,
    });
    return new EnginePeer(link);
  }

  private constructor(link: ServerLink) {
    this.#link = link;
    this.deviceId = link.device.nodeId;
    this.#network = new PeerNetwork({
      selfId: this.deviceId,
      signaling: link.join(),
      configuration: link.rtcConfiguration,
      createConnection: (configuration) => {
        const connection = createNodeConnection(configuration);
        this.connections.push(connection);
        return connection;
      },
    });
    this.exchange = new Exchange({ connector: rtcConnector(this.#network), stores: this.#stores });
    this.exchange.events.on('incoming', (receiver) => {
      this.received.push(receiver);
      void receiver.accept();
    });
  }

  /** Of somebody who is online. */
  deviceOf(username: string): Promise<string> {
    return new Promise((resolve) => {
      const watch = this.#link.api.people.watch.subscribe(undefined, {
        onData: (event) => {
          const people = event.type === 'snapshot' ? event.people : [event.person];
          const [device] = people.find((person) => person.username === username)?.devices ?? [];
          if (!device) return;
          resolve(device.deviceId);
          watch.unsubscribe();
        },
      });
    });
  }

  get api(): FerryApi {
    return this.#link.api;
  }

  send(name: string, bytes: Uint8Array<ArrayBuffer>, deviceId: string) {
    const bundle = blobBundle([{ path: [name], blob: new Blob([bytes]) }]);
    return this.exchange.announce(bundle, { title: name, itemCount: 1 }, [deviceId]);
  }

  /** Of all that was received, end to end. */
  async contents(receiver: Receiver): Promise<Buffer> {
    const layout = new BundleLayout(receiver.manifest!);
    const store = await this.#stores.open(receiver.transfer, layout);
    const chunks: Uint8Array[] = [];
    for (let chunk = 0; chunk < layout.chunkCount; chunk++) chunks.push(await store.read(chunk));
    return Buffer.concat(chunks);
  }

  async sha256(receiver: Receiver): Promise<string> {
    return createHash('sha256')
      .update(await this.contents(receiver))
      .digest('hex');
  }

  async close(): Promise<void> {
    this.exchange.close();
    this.#network.close();
    await this.#link.close();
  }
}
