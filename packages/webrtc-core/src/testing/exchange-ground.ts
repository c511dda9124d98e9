// People with an exchange each on one simulated network, and what a test asks of them: who gets what, and
// whether the bytes are the same. Their disks survive them. Knows the exchange, no browser.
import type { Connector } from '../connector.ts';
import { hashesEqual } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import type { BundleSummary } from '../content/manifest.ts';
import type { Bundle } from '../content/source.ts';
import { Exchange } from '../exchange.ts';
import { MemoryStores } from '../stores/memory-store.ts';
import { MemoryHashJournals } from '../transfer/hash-journal.ts';
import type { SentOutcome } from '../transfer/outcomes.ts';
import type { Outgoing } from '../transfer/outgoing.ts';
import type { Receiver } from '../transfer/receiver.ts';
import { isEnded } from '../transfer/receiver-state.ts';
import type { RestoreIncomingOptions, RestoreOutgoingOptions } from '../transfer/transfer-memory.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import { hashInStep } from './hash-in-step.ts';
import { ManualClock } from './manual-clock.ts';
import { seededRandom } from './random.ts';
import { type Faults, SimulatedNetwork } from './simulated-network.ts';

/** What is left of a program that was killed. */
export class Disk {
  stores = new MemoryStores();
  readonly journals = new MemoryHashJournals();
  readonly accepted = new Map<TransferId, RestoreIncomingOptions>();
  /** Received whole, as both sides agreed. */
  readonly received = new Set<TransferId>();
  readonly sends = new Map<TransferId, RestoreOutgoingOptions>();
  readonly delivered = new Map<TransferId, { peerId: string; outcome: SentOutcome }>();
  /** Called when a sender remembers that its bundle is delivered, and has not told the receiver yet. */
  onDelivered = () => {};
  /** The program that writes now; one that was killed does not. */
  owner: Party | undefined;
}

export interface Party {
  name: string;
  exchange: Exchange;
  stores: MemoryStores;
  disk: Disk;
  /** Everything that was announced to it, in order; what it goes on with after a restart first. */
  incoming: Receiver[];
  outgoing: Outgoing[];
  announce(bundle: Bundle, about: Pick<BundleSummary, 'title' | 'itemCount'>, peerIds: string[]): Outgoing;
}

export class ExchangeGround {
  readonly clock = new ManualClock();
  readonly network: SimulatedNetwork;

  /** @param options.hashUnderMs how long hashing a chunk may take; by default it is done at once */
  constructor(seed = 1, faults: Faults = {}, { hashUnderMs = 0 } = {}) {
    this.network = new SimulatedNetwork({ seed, clock: this.clock, ...faults });
    hashInStep(this.clock, seededRandom(seed), hashUnderMs);
  }

  join(name: string, stores = new MemoryStores()): Party {
    return this.joinWith(name, this.network.join(name), stores);
  }

  /** For tests that bring channels of their own through the connector. */
  joinWith(name: string, connector: Connector, stores = new MemoryStores()): Party {
    const disk = new Disk();
    disk.stores = stores;
    return this.#start(name, connector, disk);
  }

  /**
   * As after a reload or a crash: a new program with what the old one's disk kept, which goes on by itself.
   * @param options.filesAreAtHand whether a sender can open its files again
   * @param options.losing a chunk that had not been made durable
   */
  async restart(
    { name, disk }: Party,
    {
      filesAreAtHand = true,
      losing,
    }: { filesAreAtHand?: boolean; losing?: { transfer: TransferId; chunk: number } } = {},
  ): Promise<Party> {
    // Whatever of the old program still runs changes nothing any more.
    disk.stores = disk.stores.copy();
    if (losing) disk.stores.lose(losing.transfer, losing.chunk);
    const party = this.#start(name, this.network.join(name), disk);
    for (const accepted of disk.accepted.values()) {
      party.incoming.push(await party.exchange.restoreIncoming(accepted));
    }
    for (const [transfer, { peerId, outcome }] of disk.delivered) {
      party.exchange.rememberSent(transfer, peerId, outcome);
    }
    for (const { bundle, ...send } of disk.sends.values()) {
      const options = filesAreAtHand && bundle ? { ...send, bundle } : send;
      this.#watch(party, party.exchange.restoreOutgoing(options));
    }
    return party;
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

  #start(name: string, connector: Connector, disk: Disk): Party {
    const { stores, journals } = disk;
    const exchange: Exchange = new Exchange({
      connector,
      stores,
      journals,
      clock: this.clock,
      memory: {
        accepting: async ({ transfer, peerId, summary, chosen, chosenRuns }) => {
          if (disk.owner !== party) return;
          disk.accepted.set(transfer, { transfer, peerId, summary, chosen: chosen!, chosenRuns });
        },
        delivered: async ({ transfer, ...delivered }) => {
          if (disk.owner !== party) return;
          const { accepted } = disk.sends.get(transfer) ?? {};
          disk.sends.delete(transfer);
          if (accepted) {
            const { peerId } = accepted;
            disk.delivered.set(transfer, { peerId, outcome: { status: 'done', ...delivered } });
          }
          disk.onDelivered();
        },
      },
    });
    const party: Party = {
      name,
      exchange,
      stores,
      disk,
      incoming: [],
      outgoing: [],
      announce: (bundle, about, peerIds) => {
        const outgoing = exchange.announce(bundle, about, peerIds);
        const { transfer, summary, manifest } = outgoing;
        disk.sends.set(transfer, { transfer, summary, manifest, bundle, announcedTo: peerIds });
        this.#watch(party, outgoing);
        return outgoing;
      },
    };
    disk.owner = party;
    exchange.events.on('incoming', (receiver) => party.incoming.push(receiver));
    exchange.events.on('change', (transfer) => {
      if (disk.owner !== party || !('agreed' in transfer) || !isEnded(transfer.state)) return;
      disk.accepted.delete(transfer.transfer);
      if (transfer.state.status === 'done') disk.received.add(transfer.transfer);
    });
    return party;
  }

  #watch(party: Party, outgoing: Outgoing): void {
    const { disk } = party;
    party.outgoing.push(outgoing);
    outgoing.events.on('change', () => {
      if (disk.owner !== party) return;
      const send = disk.sends.get(outgoing.transfer);
      const { peerId, chosenRuns } = outgoing;
      if (send && peerId && chosenRuns) send.accepted = { peerId, chosenRuns };
    });
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
