// People with an exchange each on one simulated network, and what a test asks of them: who gets what, and
// whether the bytes are the same. Knows the exchange, no browser.
import type { Connector } from '../connector.ts';
import { hashesEqual } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import { Exchange } from '../exchange.ts';
import { MemoryStores } from '../stores/memory-store.ts';
import type { Outgoing } from '../transfer/outgoing.ts';
import type { Receiver } from '../transfer/receiver.ts';
import { ManualClock } from './manual-clock.ts';
import { type Faults, SimulatedNetwork } from './simulated-network.ts';

export interface Party {
  name: string;
  exchange: Exchange;
  stores: MemoryStores;
  /** Everything that was announced to it, in order. */
  incoming: Receiver[];
}

export class ExchangeGround {
  readonly clock = new ManualClock();
  readonly network: SimulatedNetwork;

  constructor(seed = 1, faults: Faults = {}) {
    this.network = new SimulatedNetwork({ seed, clock: this.clock, ...faults });
  }

  /** As after a reload or a crash: a new program with what the old one's disk kept. */
  rejoin({ name, stores }: Party): Party {
    return this.join(name, stores.copy());
  }

  join(name: string, stores = new MemoryStores()): Party {
    return this.joinWith(name, this.network.join(name), stores);
  }

  /** For tests that bring channels of their own through the connector. */
  joinWith(name: string, connector: Connector, stores = new MemoryStores()): Party {
    const exchange = new Exchange({ connector, stores, clock: this.clock });
    const incoming: Receiver[] = [];
    exchange.events.on('incoming', (receiver) => incoming.push(receiver));
    return { name, exchange, stores, incoming };
  }

  /** The next thing announced to somebody. */
  async nextIncoming(party: Party): Promise<Receiver> {
    const before = party.incoming.length;
    await this.clock.runUntil(() => party.incoming.length > before);
    return party.incoming[before]!;
  }

  async bothDone(outgoing: Outgoing, receiver: () => Receiver | undefined): Promise<void> {
    await this.clock.runUntil(() => outgoing.state.status === 'done' && receiver()?.state.status === 'done');
  }
}

export function layoutOf(receiver: Receiver): BundleLayout {
  return new BundleLayout(receiver.chosen!);
}

/** The bytes of every entry that a store holds whole. */
export async function storedContents(stores: MemoryStores, receiver: Receiver): Promise<Uint8Array[]> {
  const layout = layoutOf(receiver);
  const store = await stores.open(receiver.transfer, layout);
  const contents: Uint8Array[] = [];
  for (let entry = 0; entry < layout.entryCount; entry++) {
    const { first, count } = layout.chunksOf(entry);
    const content = new Uint8Array(receiver.chosen!.entries[entry]!.sizeBytes);
    for (let chunk = first; chunk < first + count; chunk++) {
      content.set(await store.read(chunk), layout.place(chunk).entryOffset);
    }
    contents.push(content);
  }
  return contents;
}

/** Whether both are the same, byte for byte. Quicker over megabytes than a test runner's own comparison. */
export function sameContents(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((bytes, entry) => hashesEqual(bytes, b[entry]!));
}
