// The engine as any tab uses it. In the leading tab commands go to the worker; other tabs reach the leading
// one over a BroadcastChannel, and one of them takes over when it goes. Knows no pages and no components.
import { CATALOG_COMMANDS, type CatalogCommands, DEFAULT_SERVING } from './catalog-contract.ts';
import type { EngineClient, EngineSnapshot } from './engine-contract.ts';
import type { EngineHost } from './engine-host.ts';
import { type EngineFunctions, rpc } from './engine-rpc.ts';
import { whenLeading } from './leadership.ts';
import { DEFAULT_STORE, STORE_COMMANDS, type StoreCommands } from './store-contract.ts';

export interface EngineOptions {
  userId: string;
  /** Makes the engine once this tab leads; its snapshots go to the callback. */
  host: (onSnapshot: (snapshot: EngineSnapshot) => void) => EngineHost;
}

type FollowerFunctions = { publish(snapshot: EngineSnapshot): void };

const EMPTY: EngineSnapshot = {
  transfers: [],
  received: [],
  partial: [],
  shares: [],
  endedShares: [],
  serving: { settings: DEFAULT_SERVING, downloadCounts: {} },
  store: DEFAULT_STORE,
  limits: { transfersAtOnce: null, receiveBytesPerSecond: null, sendBytesPerSecond: null },
  receivedRevision: 0,
};

export class TabEngine implements EngineClient {
  readonly #closing = new AbortController();
  readonly #tabs: BroadcastChannel;
  readonly #listeners = new Set<(snapshot: EngineSnapshot) => void>();
  #host: EngineHost | undefined;
  #functions: EngineFunctions;
  #snapshot = EMPTY;

  constructor({ userId, host }: EngineOptions) {
    this.#tabs = new BroadcastChannel(`ferry-engine-${userId}`);
    const leader = rpc<EngineFunctions, FollowerFunctions>(
      this.#tabs,
      { publish: (snapshot) => this.#publish(snapshot) },
      { send: 'to-leader', receive: 'to-followers' },
    );
    this.#functions = leader;
    // Nobody answers where no tab leads yet; this one soon will.
    void leader.snapshot().then(
      (snapshot) => this.#publish(snapshot),
      () => {},
    );
    whenLeading(`ferry-engine-${userId}`, this.#closing.signal, () => this.#lead(host));
  }

  /** Each passed on to wherever the engine runs now. */
  readonly catalog = Object.fromEntries(
    CATALOG_COMMANDS.map((name) => [
      name,
      (...args: unknown[]) => Reflect.apply(this.#functions[name], this.#functions, args),
    ]),
  ) as unknown as CatalogCommands;

  readonly store: StoreCommands = {
    ...(Object.fromEntries(
      STORE_COMMANDS.map((name) => [
        name,
        (...args: unknown[]) => Reflect.apply(this.#functions[`store.${name}`], this.#functions, args),
      ]),
    ) as unknown as StoreCommands),
    setSpace: (offeredBytes) => {
      // As for `accept`: what is kept for others must not go by itself either.
      if (offeredBytes > 0) void navigator.storage.persist();
      return this.#functions['store.setSpace'](offeredBytes);
    },
  };

  send: EngineClient['send'] = (request) => this.#functions.send(request);
  entries: EngineClient['entries'] = (transferId) => this.#functions.entries(transferId);
  content: EngineClient['content'] = (transferId) => this.#functions.content(transferId);
  accept: EngineClient['accept'] = (transferId, entryIndexes, folder) => {
    // The browser may ask the user, or decide by itself; only a page may ask it. The transfer does not wait.
    void navigator.storage.persist();
    return this.#functions.accept(transferId, entryIndexes, folder);
  };
  decline: EngineClient['decline'] = (transferId) => this.#functions.decline(transferId);
  pause: EngineClient['pause'] = (transferId) => this.#functions.pause(transferId);
  resume: EngineClient['resume'] = (transferId) => this.#functions.resume(transferId);
  cancel: EngineClient['cancel'] = (transferId) => this.#functions.cancel(transferId);
  retry: EngineClient['retry'] = (transferId) => this.#functions.retry(transferId);
  supplyFiles: EngineClient['supplyFiles'] = (...args) => this.#functions.supplyFiles(...args);
  lockedHandles: EngineClient['lockedHandles'] = (transferId) => this.#functions.lockedHandles(transferId);
  unlock: EngineClient['unlock'] = (transferId) => this.#functions.unlock(transferId);
  useFolder: EngineClient['useFolder'] = (transferId, folder) => this.#functions.useFolder(transferId, folder);
  move: EngineClient['move'] = (transferId, to) => this.#functions.move(transferId, to);
  setLimits: EngineClient['setLimits'] = (limits) => this.#functions.setLimits(limits);
  dismiss: EngineClient['dismiss'] = (transferId) => this.#functions.dismiss(transferId);
  clearReceived: EngineClient['clearReceived'] = (transferIds) => this.#functions.clearReceived(transferIds);
  storageUse: EngineClient['storageUse'] = () => this.#functions.storageUse();

  subscribe(listener: (snapshot: EngineSnapshot) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#snapshot);
    return () => this.#listeners.delete(listener);
  }

  /** What this device may tell of its addresses has changed. Where another tab runs the engine, it learns it there. */
  networkPolicyChanged(): void {
    this.#host?.networkPolicyChanged();
  }

  /** Signed out: ends the engine here; another tab of the same account would take over. */
  close(): void {
    this.#closing.abort();
    this.#host?.close();
    this.#tabs.close();
    this.#listeners.clear();
  }

  #lead(makeHost: EngineOptions['host']): void {
    const host = makeHost((snapshot) => {
      this.#publish(snapshot);
      void followers.publish(snapshot);
    });
    this.#host = host;
    this.#functions = host.functions;
    const followers = rpc<FollowerFunctions, EngineFunctions>(
      this.#tabs,
      host.functions,
      { send: 'to-followers', receive: 'to-leader' },
      { eventNames: ['publish'] },
    );
  }

  #publish(snapshot: EngineSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener(snapshot);
  }
}
