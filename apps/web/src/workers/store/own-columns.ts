// Columns that are kept in this browser, as a source like any other: whoever wants a channel to this very device gets one
// that ends here, at an exchange that gives what is asked for. Knows no version and no server.
import { columnsReferenceSchema } from '@ferry/shared';
import type { ServedColumns } from '@ferry/store-holder';
import {
  type Asked,
  type Channel,
  type Clock,
  type Connector,
  type ConnectorEvents,
  Emitter,
  Exchange,
  entryBundle,
  isEnded,
  MemoryStores,
  systemClock,
} from '@ferry/webrtc-core';
import { ownChannels } from './own-columns-channel.ts';

export interface OwnColumnsOptions {
  deviceId: string;
  /** How all others are reached. */
  connector: Connector;
  clock?: Clock;
}

export class OwnColumns implements Connector {
  readonly events = new Emitter<ConnectorEvents>();
  /** What is kept here; nothing is given before it is known. */
  columns: ServedColumns | undefined;
  readonly #options: OwnColumnsOptions;
  /** The far end: what it is asked it answers from what is kept. */
  readonly #far = new Emitter<ConnectorEvents>();
  #channel: Channel | undefined;

  constructor(options: OwnColumnsOptions) {
    const { connector, clock = systemClock } = options;
    this.#options = options;
    connector.events.on('channel', (event) => this.events.emit('channel', event));
    connector.events.on('unreachable', (event) => this.events.emit('unreachable', event));
    const far: Connector = { events: this.#far, want: () => {}, release: () => {}, suspect: () => {} };
    const exchange = new Exchange({ connector: far, stores: new MemoryStores(), clock });
    exchange.events.on('asked', (asked) => {
      this.#answer(asked).catch(() => asked.refuse('unreadable'));
    });
    exchange.events.on('change', ({ transfer, state }) => {
      if (isEnded(state)) exchange.forget(transfer);
    });
  }

  want(peerId: string): void {
    if (peerId !== this.#options.deviceId) return this.#options.connector.want(peerId);
    if (this.#channel && this.#channel.state !== 'closed') return;
    const [near, far] = ownChannels();
    this.#channel = near;
    this.events.emit('channel', { peerId, channel: near });
    this.#far.emit('channel', { peerId, channel: far });
  }

  release(peerId: string): void {
    if (peerId === this.#options.deviceId) this.#channel?.close();
    else this.#options.connector.release(peerId);
  }

  suspect(peerId: string): void {
    if (peerId !== this.#options.deviceId) this.#options.connector.suspect(peerId);
  }

  /** Nobody but this program can ask here: it needs no leave for what it keeps. */
  async #answer(asked: Asked): Promise<void> {
    const { want } = columnsReferenceSchema.parse(JSON.parse(asked.reference));
    const found = await this.columns?.find(want.versionId, ({ group, index }) =>
      want.columns.some((run) => {
        return run.index === index && group >= run.firstGroup && group < run.firstGroup + run.groupCount;
      }),
    );
    if (!found || found.length === 0) return asked.refuse('not-found');
    asked.serve(entryBundle(found), { title: want.versionId, itemCount: 1 });
  }
}
