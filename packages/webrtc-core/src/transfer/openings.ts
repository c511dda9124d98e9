// How a receiver begins to fetch: accepted just now, gone on with from an earlier life of this program, tried again after
// a failure, or with its store in another place. Remembers before anything is told; knows no messages.
import { chooseEntries, type Manifest } from '../content/manifest.ts';
import { runsOf } from '../content/run.ts';
import { ContentError, FerryError } from '../errors.ts';
import type { AcceptedFetch, AcceptedTransfer } from './accepted-fetch.ts';
import type { ReceiverSources } from './receiver-sources.ts';
import type { ReceiverEffect, ReceiverEvent, ReceiverState } from './receiver-state.ts';
import type { TransferMachine } from './transfer-machine.ts';

export interface OpeningsOptions {
  machine: TransferMachine<ReceiverState, ReceiverEvent, ReceiverEffect>;
  accepted: AcceptedFetch;
  sources: ReceiverSources;
  /** Sets number the chunks of everything: it is all or nothing. */
  isInSets: boolean;
  /** See {@link Receiver}. */
  remember: () => Promise<void>;
  fail: (error: FerryError) => void;
}

export class Openings {
  readonly #options: OpeningsOptions;
  #isAccepting = false;

  constructor(options: OpeningsOptions) {
    this.#options = options;
  }

  get #status(): ReceiverState['status'] {
    return this.#options.machine.state.status;
  }

  /** See {@link Receiver.accept}. */
  async accept(manifest: Manifest, entryIndexes?: readonly number[]): Promise<void> {
    if (this.#status !== 'announced' || this.#isAccepting) return;
    const { machine, accepted, sources, isInSets, remember } = this.#options;
    const all = manifest.entries.keys();
    const indexes = isInSets && entryIndexes?.length !== 0 ? all : (entryIndexes ?? all);
    const chosenRuns = runsOf([...new Set(indexes)].sort((a, b) => a - b));
    if (chosenRuns.length === 0) return machine.apply({ type: 'decline' });
    this.#isAccepting = true;
    try {
      await accepted.forgetEarlier();
      await accepted.open(chooseEntries(manifest, chosenRuns), chosenRuns);
      await remember();
    } finally {
      this.#isAccepting = false;
    }
    // Cancelled meanwhile.
    if (this.#status !== 'announced') return accepted.discard();
    machine.apply({ type: 'accept' });
    sources.accepted();
  }

  /** See {@link Receiver.restore}. */
  async restore({ chosen, chosenRuns, isPaused = false, givenUp = [] }: AcceptedTransfer): Promise<void> {
    const { machine, accepted, sources } = this.#options;
    const { completion } = await accepted.open(chosen, chosenRuns, givenUp);
    machine.restore({ status: 'stalled', held: completion.allWhole });
    if (isPaused) machine.apply({ type: 'pause', by: 'me', reason: 'user' });
    sources.restored();
  }

  /** See {@link Receiver.retry}. */
  async retry(): Promise<void> {
    if (this.#status !== 'failed') return;
    const { machine, accepted, sources } = this.#options;
    const fetch = accepted.current && (await accepted.reopen(accepted.current));
    machine.apply(fetch ? { type: 'retry', held: fetch.completion.allWhole } : { type: 'retry' });
    sources.retried();
  }

  /**
   * Opens the store anew.
   * @throws ContentError `store-failed`; the transfer has failed then
   */
  async reopen(): Promise<void> {
    const { accepted, fail } = this.#options;
    if (!accepted.current) return;
    try {
      await accepted.reopen(accepted.current);
    } catch (error) {
      fail(error instanceof FerryError ? error : ContentError.storeFailed(error));
      throw error;
    }
  }
}
