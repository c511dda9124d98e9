// The engine as the leading tab runs it: starts the worker, makes the connections the worker asks for, and
// keeps it told of people and routes. Knows no pages and no components.
import type { ConnectionReport, StoreEvent } from '@ferry/shared';
import { PeerNetwork, type PeerNetworkEvents, type SignalingChannel } from '@ferry/webrtc-core';
import { ConnectionReports } from './connection-reports.ts';
import type { EngineSnapshot } from './engine-contract.ts';
import { type EnginePath, type EnginePerson, type PageFunctions, rpc, type WorkerFunctions } from './engine-rpc.ts';
import { handOverChannel } from './hand-over-channel.ts';
import { onNetworkReturn } from './network-return.ts';

export interface EngineHostOptions {
  userId: string;
  deviceId: string;
  rtcConfiguration: () => Promise<RTCConfiguration>;
  /** Nobody may learn this device's own addresses; see {@link EngineHost.networkPolicyChanged}. */
  isRelayOnly: () => boolean;
  onSnapshot: (snapshot: EngineSnapshot) => void;
  /** Makes this device reachable; called when the engine is ready for what may come. */
  openSignaling: () => SignalingChannel & { close(): void };
  /**
   * Calls back with everybody, at once and on every change; returns how to stop. `isFresh` when the server was out of
   * reach before: changes may have been missed.
   */
  people: (listener: (people: EnginePerson[], isFresh: boolean) => void) => () => void;
  /** Calls back when something that is shared from here was ended from another device; returns how to stop. */
  sharesEnded: (listener: () => void) => () => void;
  /** Calls back with what the server says of the Store to this device; returns how to stop. */
  storeEvents: (listener: (event: StoreEvent) => void) => () => void;
  /** The server's connection is in doubt: make another one. */
  reconnect: () => void;
  /** For the operator's numbers; whether it arrives does not matter here. */
  report: (report: ConnectionReport) => void;
}

/** Round-trip times move; the selected pair may too. */
const PATH_INTERVAL_MS = 2000;

export class EngineHost {
  readonly functions: WorkerFunctions;
  readonly #options: EngineHostOptions;
  readonly #worker: Worker;
  /** Asked for before there was a network to ask. */
  readonly #wanted = new Set<string>();
  readonly #connected = new Set<string>();
  /** How to end the session of each channel that was handed over. */
  readonly #channelEnds = new Map<string, () => void>();
  readonly #closing = new AbortController();
  readonly #reports: ConnectionReports;
  #online = new Set<string>();
  #network: PeerNetwork | undefined;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#reports = new ConnectionReports(options.report);
    this.#worker = new Worker(new URL('../workers/engine.worker.ts', import.meta.url), { type: 'module' });
    const page: PageFunctions = {
      want: (peerId) => this.#want(peerId),
      release: (peerId) => this.#release(peerId),
      suspect: (peerId) => this.#network?.suspect(peerId),
      endChannel: (channelId) => this.#channelEnds.get(channelId)?.(),
      publish: (snapshot) => {
        this.#reports.saw(snapshot.transfers);
        options.onSnapshot(snapshot);
      },
    };
    this.functions = rpc<WorkerFunctions, PageFunctions>(this.#worker, page, { send: 'to-worker', receive: 'to-page' });
    const { userId, deviceId } = options;
    void this.functions.start({ userId, deviceId }).then(() => this.#join());
  }

  /** What `isRelayOnly` answers has changed: connections that are there keep to it, too. */
  networkPolicyChanged(): void {
    this.#network?.replaceAll();
  }

  close(): void {
    this.#closing.abort();
    this.#network?.close();
    this.#worker.terminate();
  }

  /** The engine is ready: signals and people may come. */
  #join(): void {
    const { signal } = this.#closing;
    if (signal.aborted) return;
    const { deviceId, openSignaling, rtcConfiguration: configuration, isRelayOnly, people } = this.#options;
    const signaling = openSignaling();
    this.#network = new PeerNetwork({ selfId: deviceId, signaling, configuration, isRelayOnly });
    this.#network.events.on('channel', (event) => this.#handOver(event));
    this.#network.events.on('connected', ({ peerId, connected }) => this.#setConnected(peerId, connected));
    this.#network.events.on('unreachable', (event) => this.#foundNoPath(event));
    for (const peerId of this.#wanted) this.#network.want(peerId);
    const stopPeople = people((everybody, isFresh) => this.#setPeople(everybody, isFresh, signaling));
    const stopEndings = this.#options.sharesEnded(() => void this.functions.sharesEnded());
    const stopStore = this.#options.storeEvents((event) => void this.functions.storeTold(event));
    onNetworkReturn(signal, () => this.#returned());
    const pathTimer = setInterval(() => this.#readPaths(), PATH_INTERVAL_MS);
    signal.addEventListener('abort', () => {
      clearInterval(pathTimer);
      stopPeople();
      stopEndings();
      stopStore();
      signaling.close();
    });
  }

  /** A device that came online can be reached now: whoever waits for it need not wait longer. */
  #setPeople(people: EnginePerson[], isFresh: boolean, signaling: SignalingChannel): void {
    void this.functions.setPeople(people, isFresh);
    const online = new Set(people.flatMap(({ deviceIds }) => deviceIds));
    for (const peerId of online) {
      if (isFresh || !this.#online.has(peerId)) signaling.events.emit('available', { peerId });
    }
    this.#online = online;
  }

  #returned(): void {
    this.#options.reconnect();
    this.#network?.suspectAll();
  }

  #want(peerId: string): void {
    this.#wanted.add(peerId);
    this.#network?.want(peerId);
  }

  #release(peerId: string): void {
    this.#wanted.delete(peerId);
    this.#network?.release(peerId);
  }

  #handOver({ peerId, channel, ended, end }: PeerNetworkEvents['channel']): void {
    const channelId = crypto.randomUUID();
    this.#channelEnds.set(channelId, end);
    handOverChannel(this.#worker, channel, { channelId, peerId });
    ended.addEventListener('abort', () => {
      this.#channelEnds.delete(channelId);
      this.#worker.postMessage({ type: 'channel-ended', channelId });
    });
  }

  #setConnected(peerId: string, connected: boolean): void {
    if (connected) this.#connected.add(peerId);
    else this.#connected.delete(peerId);
    void this.#readPath(peerId);
  }

  #foundNoPath({ peerId, code }: PeerNetworkEvents['unreachable']): void {
    this.#options.report({ type: 'no-path', reason: code });
    void this.functions.setUnreachable(peerId, code);
  }

  #readPaths(): void {
    for (const peerId of this.#connected) void this.#readPath(peerId);
  }

  async #readPath(peerId: string): Promise<void> {
    const path = this.#connected.has(peerId) ? await this.#network?.path(peerId) : undefined;
    if (!path) return void this.functions.setPath(peerId, null);
    const { kind, ...rest } = path;
    void this.functions.setPath(peerId, { route: kind, ...rest } satisfies EnginePath);
  }
}
