// All transfers of one program, in both directions: makes them, finds them, and remembers how those ended that it has
// forgotten. Knows neither links nor messages.
import type { ChunkStoreProvider } from '../content/store.ts';
import type { Clock } from '../util/clock.ts';
import type { RateLimit } from '../wire/rate-limit.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { Delivered } from './delivery.ts';
import { type HashJournals, MemoryHashJournals } from './hash-journal.ts';
import { Outcomes } from './outcomes.ts';
import { Outgoing } from './outgoing.ts';
import { Receiver } from './receiver.ts';
import type { ReceiverOptions } from './receiver-options.ts';
import { isEnded } from './receiver-state.ts';
import type { RestoreOutgoingOptions, TransferMemory } from './transfer-memory.ts';

export interface TransfersOptions {
  stores: ChunkStoreProvider;
  journals: HashJournals;
  memory: TransferMemory | undefined;
  /** On what was asked for. */
  serveRate: RateLimit;
  onChange: (transfer: Receiver | Outgoing) => void;
  clock: Clock;
}

type NewReceiver = Omit<ReceiverOptions, 'stores' | 'clock'> & {
  stores?: ChunkStoreProvider | undefined;
};

export class Transfers {
  readonly receivers = new Map<TransferId, Receiver>();
  readonly outgoing = new Map<TransferId, Outgoing>();
  readonly outcomes = new Outcomes();
  readonly #options: TransfersOptions;

  constructor(options: TransfersOptions) {
    this.#options = options;
  }

  /** Devices that an unfinished transfer needs; an unanswered request needs only its sender's side. */
  get peerIds(): Set<string> {
    const all = [...this.outgoing.values(), ...this.receivers.values()];
    return new Set(all.flatMap(({ peerIds }) => peerIds));
  }

  /** How many requests of a device wait for this side's answer. */
  waitingFrom(peerId: string): number {
    return count(this.receivers, (one) => one.peerId === peerId && one.state.status === 'announced');
  }

  /** How many things that a device asked for are not done. */
  askedBy(peerId: string): number {
    return count(this.outgoing, (one) => one.askedBy === peerId && !isEnded(one.state));
  }

  /** @param about with stores of its own, where it has such */
  addReceiver(about: NewReceiver): Receiver {
    const { memory, onChange, clock } = this.#options;
    const receiver = new Receiver(
      { ...about, stores: about.stores ?? this.#options.stores, clock },
      async (accepting) => memory?.accepting(accepting),
    );
    this.receivers.set(about.transfer, receiver);
    receiver.events.on('change', () => onChange(receiver));
    return receiver;
  }

  addOutgoing({ transfer, summary, manifest, bundle }: RestoreOutgoingOptions): Outgoing {
    const { journals, memory } = this.#options;
    const remember = async (delivered: Delivered) => memory?.delivered({ transfer, ...delivered });
    const { clock } = this.#options;
    return this.#add(new Outgoing({ transfer, summary, manifest, journals, remember, clock }), bundle);
  }

  /** What was asked for is asked for anew after a restart: nothing of it need be remembered here. */
  addAsked({ transfer, summary, manifest, bundle }: RestoreOutgoingOptions, askedBy: string): Outgoing {
    const { serveRate: rate, clock } = this.#options;
    const [journals, remember] = [new MemoryHashJournals(), async () => {}];
    return this.#add(new Outgoing({ transfer, summary, manifest, journals, remember, clock, askedBy, rate }), bundle);
  }

  /** See {@link Exchange.forget}. */
  forget(transfer: TransferId): void {
    const receiver = this.receivers.get(transfer);
    if (receiver && isEnded(receiver.state)) {
      this.receivers.delete(transfer);
      if (receiver.outcome) this.outcomes.received(transfer, receiver.peerId, receiver.outcome);
    }
    const outgoing = this.outgoing.get(transfer);
    if (outgoing && isEnded(outgoing.state)) {
      this.outgoing.delete(transfer);
      void outgoing.close();
      if (outgoing.outcome && outgoing.peerId) this.outcomes.sent(transfer, outgoing.peerId, outgoing.outcome);
    }
  }

  #add(outgoing: Outgoing, bundle: RestoreOutgoingOptions['bundle']): Outgoing {
    outgoing.bundle = bundle;
    this.outgoing.set(outgoing.transfer, outgoing);
    outgoing.events.on('change', () => this.#options.onChange(outgoing));
    return outgoing;
  }
}

function count<Value>(map: ReadonlyMap<TransferId, Value>, counts: (value: Value) => boolean): number {
  return [...map.values()].filter(counts).length;
}
