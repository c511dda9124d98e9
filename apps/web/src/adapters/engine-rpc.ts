// What the page and the engine's worker call on each other, and how other tabs reach the leading one.
// Types and one transport; knows nothing of what the calls do.
import type { StoreEvent } from '@ferry/shared';
import type { NoPathCode, PathKind, PeerPath } from '@ferry/webrtc-core';
import { type BirpcReturn, createBirpc } from 'birpc';
import type { CatalogCommands } from './catalog-contract.ts';
import type { EngineClient, EngineSnapshot, Route } from './engine-contract.ts';
import type { StoreFunctions } from './store-contract.ts';

/** The engine's commands; every tab may call them. */
export type EngineFunctions = Omit<EngineClient, 'subscribe' | 'catalog' | 'store'> &
  CatalogCommands &
  StoreFunctions & {
    /** What a tab that has just come shows first. */
    snapshot(): Promise<EngineSnapshot>;
  };

/** What the worker is told by the page that leads. */
export interface WorkerFunctions extends EngineFunctions {
  /** First call: whose engine this is. */
  start(options: { userId: string; deviceId: string }): Promise<void>;
  /** `isFresh` when the server was out of reach before: it may have forgotten what it was told. */
  setPeople(people: EnginePerson[], isFresh: boolean): Promise<void>;
  /** Something that is shared from here was ended from another device. */
  sharesEnded(): Promise<void>;
  /** The server says that there is something to look for in the Store. */
  storeTold(event: StoreEvent): Promise<void>;
  setPath(peerId: string, path: EnginePath | null): Promise<void>;
  /** Trying to reach it goes on. */
  setUnreachable(peerId: string, code: NoPathCode): Promise<void>;
}

/** What the worker asks of its page, which alone can make connections. */
export interface PageFunctions {
  want(peerId: string): void;
  release(peerId: string): void;
  /** A channel that was handed over is silent: another path should be looked for. */
  suspect(peerId: string): void;
  /** A channel that was handed over is closed: its connection is of no more use. */
  endChannel(channelId: string): void;
  publish(snapshot: EngineSnapshot): void;
}

export interface EnginePerson {
  userId: string;
  username: string;
  deviceIds: string[];
}

export interface EnginePath extends Omit<PeerPath, 'kind'> {
  route: Extract<Route, PathKind>;
}

/** A data channel on its way to the worker, outside the calls because it must be in a transfer list. */
export interface ChannelMessage {
  type: 'channel';
  channelId: string;
  peerId: string;
  /** The channel itself where the browser can transfer it, else a port that the page pumps. */
  channel: RTCDataChannel | MessagePort;
}
/** The channel's connection is gone; no `close` event comes then. */
export interface ChannelEndedMessage {
  type: 'channel-ended';
  channelId: string;
}

/** Any `postMessage` pair: a worker and its page, two tabs on a BroadcastChannel. */
interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** Large sends take their time to be copied; nothing else comes near. */
const CALL_TIMEOUT_MS = 120_000;

/**
 * Calls over a port. `tag` marks this conversation's messages in each direction, so that several can
 * share a port.
 */
export function rpc<Remote extends object, Local extends object>(
  port: Port,
  local: Local,
  { send, receive }: { send: string; receive: string },
  options: { eventNames?: (keyof Remote)[] } = {},
): BirpcReturn<Remote, Local> {
  return createBirpc<Remote, Local>(local, {
    post: (data) => port.postMessage({ type: send, data }),
    on: (listener) => port.addEventListener('message', ({ data }) => data?.type === receive && listener(data.data)),
    timeout: CALL_TIMEOUT_MS,
    // Methods of classes need their object.
    bind: 'functions',
    ...options,
  });
}
