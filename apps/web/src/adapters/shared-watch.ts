// What happens at the server, told to every tab of this browser profile over one subscription for all of them: of the
// tabs that want to hear of it one holds the subscription and passes on what it is told, and when it goes, another one
// takes over. Where no tab wants to hear, there is none. Knows no server, no pages, and not what happens.
import { whenLeading } from './leadership.ts';

/** Later than that after it was wanted, something may have happened that nobody was told. */
const PROMPT_MS = 2000;
/** The server has refused: there may be too many, or it is about to end. */
const AGAIN_MS = 20_000;

type Listener<Event> = (event: Event) => void;

export interface Subscriber<Event> {
  /** Also each time it has begun anew, after the server was out of reach. */
  onStarted(): void;
  onData: Listener<Event>;
  /** It will tell no more. */
  onError(): void;
}

interface SharedWatchOptions<Event> {
  /** Of what is watched, and by whom: the same in every tab. */
  name: string;
  /** Told where something may have happened that nobody was told. */
  missed: Event;
  /** Returns how to end it. */
  subscribe(subscriber: Subscriber<Event>): () => void;
}

export class SharedWatch<Event> {
  readonly #name: string;
  readonly #subscribe: SharedWatchOptions<Event>['subscribe'];
  readonly #missed: Event;
  readonly #tabs: BroadcastChannel;
  /** Those that need a subscription, here or in another tab, and those that hear what others are told. */
  readonly #watching = new Set<Listener<Event>>();
  readonly #overhearing = new Set<Listener<Event>>();
  /** While this tab wants one. */
  #wanting: AbortController | null = null;

  constructor({ name, missed, subscribe }: SharedWatchOptions<Event>) {
    this.#name = name;
    this.#missed = missed;
    this.#subscribe = subscribe;
    this.#tabs = new BroadcastChannel(this.#name);
    this.#tabs.addEventListener('message', ({ data }: MessageEvent<Event>) => this.#tell(data));
  }

  /** Returns how to stop. One that only overhears is told what is told to other tabs, as long as one of them watches. */
  watch(listener: Listener<Event>, { onlyOverhears = false } = {}): () => void {
    const listeners = onlyOverhears ? this.#overhearing : this.#watching;
    // One function may listen twice.
    const own: Listener<Event> = (event) => listener(event);
    listeners.add(own);
    if (!onlyOverhears && !this.#wanting) this.#want();
    return () => {
      listeners.delete(own);
      if (this.#watching.size === 0) this.#wantNoMore();
    };
  }

  close(): void {
    this.#watching.clear();
    this.#overhearing.clear();
    this.#wantNoMore();
    this.#tabs.close();
  }

  #want(): void {
    this.#wanting = new AbortController();
    const { signal } = this.#wanting;
    const wantedMs = performance.now();
    whenLeading(this.#name, signal, () => this.#hold(signal, wantedMs));
  }

  #wantNoMore(): void {
    this.#wanting?.abort();
    this.#wanting = null;
  }

  #hold(signal: AbortSignal, wantedMs: number): void {
    const end = this.#subscribe({
      onStarted: () => {
        if (performance.now() - wantedMs > PROMPT_MS) this.#pass(this.#missed);
      },
      onData: (event) => this.#pass(event),
      onError: () => {
        setTimeout(() => signal.aborted || this.#hold(signal, wantedMs), AGAIN_MS);
      },
    });
    signal.addEventListener('abort', end, { once: true });
  }

  #pass(event: Event): void {
    this.#tabs.postMessage(event);
    this.#tell(event);
  }

  #tell(event: Event): void {
    for (const listener of [...this.#watching, ...this.#overhearing]) listener(event);
  }
}
