// Takes what others ask for to the application, which allows or refuses it, and refuses by itself what is too much at
// once. Knows nothing of how an allowed one goes on.
import { ProtocolError } from '../errors.ts';
import type { AskMessage, RefusalReason } from '../wire/asking-message.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import type { Link } from '../wire/link.ts';
import type { Asked } from './asking.ts';
import { OpenAsks } from './open-asks.ts';
import { sendableSummary } from './sendable.ts';
import type { Transfers } from './transfers.ts';

export interface AskDeskOptions {
  transfers: Transfers;
  /** Undefined while no application listens. */
  ask: () => ((asked: Asked) => void) | undefined;
  /** Whether a link is still the one to this device. */
  isCurrent: (peerId: string, link: Link) => boolean;
}

export class AskDesk {
  readonly #options: AskDeskOptions;
  readonly #open = new OpenAsks();

  constructor(options: AskDeskOptions) {
    this.#options = options;
  }

  /**
   * Each time it is asked anew, the application decides anew: what it allowed on an earlier link may be over.
   * @throws ProtocolError for an id that is taken
   */
  take(peerId: string, link: Link, { transfer, reference }: AskMessage): void {
    const { transfers } = this.#options;
    const known = transfers.outgoing.get(transfer);
    if (transfers.receivers.has(transfer) || (known && known.askedBy !== peerId)) {
      throw ProtocolError.unexpected('an asked id is taken');
    }
    const refuse = (reason: RefusalReason) => link.send({ type: 'refuse', transfer, reason });
    const open = transfers.askedBy(peerId) + this.#open.countOf(peerId);
    if (!known && open >= WIRE_LIMITS.maxAnnouncedPerPeer) return refuse('queue-full');
    const ask = this.#options.ask();
    if (!ask) return refuse('not-found');
    transfers.outgoing.delete(transfer);
    void known?.close();
    const answered = this.#open.open(peerId);
    ask({
      ...{ transfer, peerId, reference },
      serve: (bundle, about) => {
        answered();
        return this.#serve({ transfer, peerId, link }, bundle, about);
      },
      refuse: (reason) => {
        answered();
        refuse(reason);
      },
    });
  }

  #serve(
    { transfer, peerId, link }: Pick<Asked, 'transfer' | 'peerId'> & { link: Link },
    ...[bundle, about]: Parameters<Asked['serve']>
  ): ReturnType<Asked['serve']> {
    const { manifest } = bundle;
    const summary = sendableSummary(manifest, about);
    const outgoing = this.#options.transfers.addAsked({ transfer, summary, manifest, bundle }, peerId);
    outgoing.addPeer(peerId);
    if (this.#options.isCurrent(peerId, link)) outgoing.devices.attach(peerId, link);
    return outgoing;
  }
}
