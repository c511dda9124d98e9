// Tells whoever listens that something changed, and who may see it: at once the first time, then at most once a second.
// Knows not what.
import { type ChangeReach, NOBODY, reachOfBoth } from '../change-reach.ts';

const QUIET_MS = 1000;

type Listener = (reach: ChangeReach) => void;

export class ChangeNotices {
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  /** Of what has not been told yet. */
  #reach: ChangeReach | null = null;

  watch(listener: Listener, ended: AbortSignal): void {
    if (ended.aborted) return;
    // One function may listen twice.
    const own: Listener = (reach) => listener(reach);
    this.#listeners.add(own);
    ended.addEventListener('abort', () => this.#listeners.delete(own), { once: true });
  }

  changed(reach: ChangeReach): void {
    this.#reach = reachOfBoth(this.#reach ?? NOBODY, reach);
    if (!this.#timer) this.#tell(this.#reach);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #tell(reach: ChangeReach): void {
    this.#reach = null;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#reach) this.#tell(this.#reach);
    }, QUIET_MS).unref();
    for (const listener of this.#listeners) listener(reach);
  }
}
