// Offers that are true at the moment they are made, and those that have ceased to be: shares may be narrowed while somebody
// looks through them. Knows no transfers.
import type { Asked } from '@ferry/webrtc-core';
import { isStillOffered, type OfferOptions, offerFor } from './offer.ts';
import type { ServedTransfers } from './served-transfers.ts';

export class CurrentOffers {
  readonly #options: OfferOptions;
  #narrowings = 0;

  constructor(options: OfferOptions) {
    this.#options = options;
  }

  /** Looking through a large folder takes a while: what was narrowed meanwhile is looked at again. */
  async for({ reference, peerId }: Asked): ReturnType<typeof offerFor> {
    for (;;) {
      const before = this.#narrowings;
      const offer = await offerFor(reference, peerId, this.#options);
      if (before === this.#narrowings) return offer;
    }
  }

  /** Less is shared, or for fewer people. @param end is called with each transfer that may not go on */
  async narrowed(served: ServedTransfers, end: (transferId: string) => void): Promise<void> {
    this.#narrowings++;
    for (const [transferId, { offer }] of served.all()) {
      const isServed = () => served.get(transferId)?.offer === offer;
      if (isServed() && !(await isStillOffered(offer, this.#options)) && isServed()) end(transferId);
    }
  }
}
