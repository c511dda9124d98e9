// How a receiver pulls: tells its sources what is accepted and held, and asks them for what is missing. Knows no states,
// and not why now.
import type { Link } from '../wire/link.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { Fetch } from './fetch.ts';
import type { SourceContent } from './fetch-source.ts';
import type { ReceiverSources } from './receiver-sources.ts';

export class Pull {
  readonly #transfer: TransferId;
  readonly #sources: ReceiverSources;
  readonly #fetching: () => Fetch | undefined;

  constructor(transfer: TransferId, sources: ReceiverSources, fetching: () => Fetch | undefined) {
    this.#transfer = transfer;
    this.#sources = sources;
    this.#fetching = fetching;
  }

  from(peerId: string, link: Link): void {
    this.#fetching()?.addSource(peerId, link, this.#tellAccept(peerId, link));
  }

  fromAll(): void {
    for (const [peerId, link] of this.#sources.active()) this.from(peerId, link);
  }

  /** Asks for nothing. */
  tellAll(): void {
    for (const [peerId, link] of this.#sources.active()) this.#tellAccept(peerId, link);
  }

  /** To a source that missed it: everything is here. */
  sayAllIsHere(peerId: string, link: Link): void {
    this.#tellAccept(peerId, link);
    this.#fetching()?.sayAll(link);
  }

  #tellAccept(peerId: string, link: Link): SourceContent {
    const fetch = this.#fetching();
    const content = fetch ? this.#sources.contentOf(peerId, fetch) : {};
    const entries = content.map?.theirRuns ?? fetch?.chosenRuns ?? [];
    link.send({ type: 'accept', transfer: this.#transfer, entries: [...entries] });
    fetch?.tellHeld(link, content);
    return content;
  }
}
