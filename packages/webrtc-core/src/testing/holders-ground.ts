// Somebody who fetches in sets from several who have a column each, on one simulated network. For tests.
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { Asked, SourceOptions } from '../transfer/asking.ts';
import type { FetchRequest } from '../transfer/fetch-request.ts';
import type { Outgoing } from '../transfer/outgoing.ts';
import type { Receiver } from '../transfer/receiver.ts';
import { columnSets } from './column-sets.ts';
import { ExchangeGround, type Party } from './exchange-ground.ts';
import { identified, part } from './identified-bundle.ts';
import { type MemoryBundle, memoryBundle } from './memory-bundle.ts';
import { SetStores } from './set-store.ts';
import type { Faults } from './simulated-network.ts';

export interface Holder {
  readonly name: string;
  readonly offered: MemoryBundle;
  readonly served: Outgoing[];
  readonly asks: Asked[];
  /** Also after its program was started anew. */
  party: Party;
  /** Nothing is read before it is resolved. */
  gate: Promise<void> | undefined;
}

export interface HoldersOptions {
  columns: number;
  count: number;
  needed: number;
  seed?: number;
  faults?: Faults;
  /** Bytes of each chunk, which is an entry of its own. */
  chunkBytes?: number;
}

/** Every chunk is an entry: column by column, those of a column in the order of sets. */
export class HoldersGround {
  readonly ground: ExchangeGround;
  readonly sets: ChunkSets;
  readonly stores: SetStores;
  readonly bundle: MemoryBundle;
  readonly holders: readonly Holder[];
  bob: Party;

  private constructor(options: HoldersOptions, bundle: MemoryBundle) {
    const { columns, count, seed = 1, faults } = options;
    this.ground = new ExchangeGround(seed, faults);
    this.sets = columnSets(options);
    this.stores = new SetStores(this.sets);
    this.bundle = bundle;
    this.bob = this.ground.join('bob');
    this.holders = Array.from({ length: columns }, (_, column) => {
      const offered = part(
        bundle,
        Array.from({ length: count }, (_, set) => column * count + set),
      );
      return this.hold(`holder${column}`, offered);
    });
  }

  static async make(options: HoldersOptions): Promise<HoldersGround> {
    const { columns, count, chunkBytes = 20_000, seed = 1 } = options;
    const bundle = await identified(memoryBundle(Array<number>(columns * count).fill(chunkBytes), seed));
    return new HoldersGround(options, bundle);
  }

  /** Somebody who serves this to whoever asks. */
  hold(name: string, offered: MemoryBundle): Holder {
    const gated: MemoryBundle = {
      ...offered,
      choose: (chosen) => {
        const source = offered.choose(chosen);
        return {
          async read(chunk) {
            await holder.gate;
            return source.read(chunk);
          },
        };
      },
    };
    const holder: Holder = {
      name,
      offered: gated,
      served: [],
      asks: [],
      party: this.ground.join(name),
      gate: undefined,
    };
    this.#serve(holder);
    return holder;
  }

  /** Comes, or comes back as a new program. */
  rejoin(holder: Holder): void {
    holder.party = this.ground.join(holder.name);
    this.#serve(holder);
  }

  async fetch(holders: readonly Holder[] = this.holders, more: Partial<FetchRequest> = {}): Promise<Receiver> {
    const { manifest } = this.bundle;
    const receiver = await this.bob.exchange.fetch({
      summary: { title: 'x', itemCount: 1, entryCount: manifest.entries.length, totalBytes: 1 },
      ...{ manifest, sets: this.sets, stores: this.stores, mostSources: 12 },
      sources: holders.map(({ name }) => sourceOf(name)),
      ...more,
    });
    await receiver.accept();
    return receiver;
  }

  done(receiver: Receiver): Promise<void> {
    return this.ground.clock.runUntil(() => receiver.state.status === 'done');
  }

  #serve(holder: Holder): void {
    holder.party.exchange.events.on('asked', (asked) => {
      holder.asks.push(asked);
      holder.served.push(asked.serve(holder.offered, { title: holder.name, itemCount: 1 }));
    });
  }
}

export const sourceOf = (peerId: string): SourceOptions => ({ peerId, reference: async () => 'it', isOrigin: false });
