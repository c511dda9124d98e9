// What changed within a moment, told as one to those who may see any of it. Publishing only notes which share it was: who
// may see it is looked up once for all its pages. Knows nobody who listens.
import { type ChangeReach, NOBODY, reachOfBoth } from '../change-reach.ts';
import type { Onlookers } from '../onlookers.ts';

const MOMENT_MS = 100;

export class ChangeBatch {
  readonly #onlookers: Pick<Onlookers, 'ofShare'>;
  readonly #tell: (reach: ChangeReach) => void;
  readonly #shareIds = new Set<string>();
  #reach = NOBODY;
  #timer: NodeJS.Timeout | undefined;

  /** @param tell is not called for what nobody may see */
  constructor(onlookers: Pick<Onlookers, 'ofShare'>, tell: (reach: ChangeReach) => void) {
    this.#onlookers = onlookers;
    this.#tell = tell;
  }

  /** Something in a share. */
  inShare(shareId: string): void {
    this.#shareIds.add(shareId);
    this.#soon();
  }

  /** What is different now for these: who may see a share, for one. */
  forThose(reach: ChangeReach): void {
    this.#reach = reachOfBoth(this.#reach, reach);
    this.#soon();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), MOMENT_MS).unref();
  }

  #flush(): void {
    this.#timer = undefined;
    let reach = this.#reach;
    for (const shareId of this.#shareIds) {
      if (reach === 'everyone') break;
      reach = reachOfBoth(reach, this.#onlookers.ofShare(shareId));
    }
    this.#reach = NOBODY;
    this.#shareIds.clear();
    if (reach === 'everyone' || reach.size > 0) this.#tell(reach);
  }
}
