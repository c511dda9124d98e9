// What one device accepted of a bundle, and the serving of it: the same choice goes on, another one begins anew. Knows
// links only to pass them on, and no states.
import { chunkCount } from '../content/chunk.ts';
import { chooseEntries, type Manifest } from '../content/manifest.ts';
import { indexesOf, type Run, runsAreOrdered } from '../content/run.ts';
import type { Bundle } from '../content/source.ts';
import { ProtocolError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { PullMessage } from '../wire/pull-message.ts';
import type { HashJournal, HashJournals } from './hash-journal.ts';
import type { ServingContent } from './served-content.ts';
import { Serving, type ServingEvents, type ServingOptions } from './serving.ts';

export interface AcceptanceOptions extends Pick<ServingOptions, 'transfer' | 'remember' | 'clock' | 'rate'> {
  /** All that was announced. */
  manifest: Manifest;
  journals: HashJournals;
}

export class Acceptance {
  /** Of the present serving. */
  readonly events = new Emitter<ServingEvents>();
  readonly #options: AcceptanceOptions;
  #bundle: Bundle | undefined;
  #serving: Serving | undefined;
  #link: Link | undefined;

  constructor(options: AcceptanceOptions) {
    this.#options = options;
  }

  /** Undefined before anything was accepted. */
  get serving(): Serving | undefined {
    return this.#serving;
  }

  /** Where the files are; undefined while they are not at hand. */
  get bundle(): Bundle | undefined {
    return this.#bundle;
  }

  set bundle(bundle: Bundle | undefined) {
    this.#bundle = bundle;
    this.#connectContent();
  }

  set link(link: Link | undefined) {
    this.#link = link;
    if (this.#serving) this.#serving.link = link;
  }

  /** The name of the first file that is not, in a sample, what was sent before; undefined when all is the same. */
  async differenceIn(bundle: Bundle): Promise<string | undefined> {
    const serving = this.#serving;
    const entry = await serving?.firstDifference(bundle.choose([...indexesOf(serving.chosen)]));
    return entry === undefined ? undefined : serving?.manifest.entries[entry]?.path.at(-1);
  }

  /**
   * A receiver says it again on every link, and then again what it holds and lacks.
   * @throws ProtocolError for a choice that cannot be
   */
  accept(chosen: Run[]): void {
    if (chosen.length === 0 || !runsAreOrdered(chosen, this.#options.manifest.entries.length)) {
      throw ProtocolError.malformed('the chosen entries are none, or not in order');
    }
    if (this.#serving && isSame(chosen, this.#serving.chosen)) this.#serving.restart();
    else this.#prepare(chosen, this.#newJournal(chosen));
  }

  /** Goes on with what was accepted in an earlier life of this program. */
  restore(chosen: Run[]): void {
    this.#prepare(chosen, this.#openJournal(chosen));
  }

  /**
   * @param isServing whether chunks are sent now; requests at another time are forgotten, as the receiver asks again
   * @throws ProtocolError for what no honest receiver says
   */
  handle(message: PullMessage, isServing: boolean): void {
    const serving = this.#serving;
    if (!serving) throw ProtocolError.unexpected(`${message.type} before accept`);
    switch (message.type) {
      case 'request':
        return isServing ? serving.request(message.chunks) : undefined;
      case 'hash-request':
        return serving.tellHashes(message);
      case 'have':
        return serving.have(message.chunks);
      case 'complete':
        return serving.complete(message);
      default:
        throw ProtocolError.unexpected(`${message.type} to a sender`);
    }
  }

  /** Lets go of what only a transfer that goes on needs. */
  async close(): Promise<void> {
    await this.#serving?.close();
  }

  #prepare(chosen: Run[], journal: Promise<HashJournal>): void {
    const { transfer, remember, clock, rate } = this.#options;
    const manifest = chooseEntries(this.#options.manifest, chosen);
    const serving = new Serving({ transfer, chosen, manifest, journal, remember, clock, rate });
    serving.events.on('progress', () => this.events.emit('progress', undefined));
    serving.events.on('agreed', () => serving === this.#serving && this.events.emit('agreed', undefined));
    serving.events.on('error', (error) => serving === this.#serving && this.events.emit('error', error));
    serving.link = this.#link;
    this.#serving = serving;
    this.#connectContent();
  }

  #openJournal(chosen: Run[]): Promise<HashJournal> {
    const { transfer, manifest, journals } = this.#options;
    return journals.open(transfer, countChunks(chooseEntries(manifest, chosen)));
  }

  /** What was sent of another choice has other numbers. */
  async #newJournal(chosen: Run[]): Promise<HashJournal> {
    await this.#serving?.close();
    await this.#options.journals.delete(this.#options.transfer);
    return this.#openJournal(chosen);
  }

  #connectContent(): void {
    if (this.#serving) this.#serving.content = this.#bundle && contentOf(this.#bundle, this.#serving.chosen);
  }
}

function contentOf(bundle: Bundle, chosenRuns: readonly Run[]): ServingContent {
  const chosen = [...indexesOf(chosenRuns)];
  return {
    source: bundle.choose(chosen),
    hashesOf: bundle.chunkHashes && ((entry) => bundle.chunkHashes!(chosen[entry]!)),
    availability: bundle.availability?.(chosen),
  };
}

function countChunks(manifest: Manifest): number {
  return manifest.entries.reduce((sum, { sizeBytes }) => sum + chunkCount(sizeBytes), 0);
}

function isSame(a: readonly Run[], b: readonly Run[]): boolean {
  return a.length === b.length && a.every(({ first, count }, at) => first === b[at]!.first && count === b[at]!.count);
}
