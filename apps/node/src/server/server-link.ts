// Everything between a node and its server: let in, reachable by signals, told who is online, and all of that again
// whenever it was lost. Knows nothing of what a node keeps.
import { setTimeout as delay } from 'node:timers/promises';
import { IceServers, ServerSignaling, type ServerSignalingOptions } from '@ferry/server-link';
import type { Log } from '../log.ts';
import { SaidRarely } from '../said-rarely.ts';
import { StopReason } from '../stop-reason.ts';
import { letIn } from './entry.ts';
import { type FerryApi, HttpSession } from './http-session.ts';
import { lastingSubscription } from './lasting-subscription.ts';
import { Presence } from './presence.ts';
import { refusalOf } from './refusal.ts';
import { Rivalry } from './rivalry.ts';
import { type ServerSocket, serverSocket } from './server-socket.ts';

/** As which device this program is known. */
export interface NodeDevice {
  nodeId: string;
  name: string;
}

export interface ServerLinkOptions {
  /** As people type it, without a path. */
  origin: string;
  signIn: (api: FerryApi) => Promise<NodeDevice>;
  log: Log;
  /** There is no use in going on. */
  onStop: (reason: StopReason) => void;
  /** Aborted when it is to end. */
  signal: AbortSignal;
}

export class ServerLink {
  readonly device: NodeDevice;
  readonly #socket: ServerSocket;
  readonly #iceServers: IceServers;
  readonly #log: Log;
  readonly #ending = new AbortController();
  #leave = () => {};

  /** @throws StopReason; the reason of the signal */
  static async open(options: ServerLinkOptions): Promise<ServerLink> {
    const session = new HttpSession(options.origin);
    const device = await letIn({ ...options, session });
    options.log.info(`Signed in as "${device.name}".`);
    return new ServerLink(options, session, device);
  }

  private constructor(options: ServerLinkOptions, session: HttpSession, device: NodeDevice) {
    this.#log = options.log;
    this.device = device;
    this.#socket = this.#connect(options, session);
    this.#iceServers = new IceServers(() => this.api.config.ice.query({ deviceId: device.nodeId }));
  }

  get api(): FerryApi {
    return this.#socket.api;
  }

  get isConnected(): boolean {
    return this.#socket.connectionState.get().state === 'pending';
  }

  readonly rtcConfiguration = (): Promise<RTCConfiguration> => this.#iceServers.configuration();

  /** Makes this device reachable, from now until it is closed: whoever listens for signals does so in this very task. */
  join(): ServerSignaling {
    const { api, device } = this;
    const { nodeId: deviceId, name: deviceName } = device;
    const onError = (error: unknown) =>
      this.#log.warn({ code: refusalOf(error).ferryCode }, 'The server ended a subscription. Trying again.');
    const inbox: ServerSignalingOptions['signals']['inbox'] = {
      subscribe: (input, observer) =>
        lastingSubscription((endings) => api.signals.inbox.subscribe(input, { ...observer, ...endings }), { onError }),
    };
    const signals = { inbox, send: api.signals.send };
    const signaling = new ServerSignaling({ signals, socket: this.#socket, deviceId, deviceName });
    const presence = new Presence((peerId) => signaling.events.emit('available', { peerId }));
    const people = lastingSubscription(
      (endings) => api.people.watch.subscribe(undefined, { ...endings, onData: (event) => presence.tell(event) }),
      { onError },
    );
    this.#leave = () => {
      people.unsubscribe();
      signaling.close();
    };
    return signaling;
  }

  async close(): Promise<void> {
    this.#leave();
    this.#ending.abort();
    await this.#socket.close();
  }

  #connect(options: ServerLinkOptions, session: HttpSession): ServerSocket {
    const { origin, log, onStop } = options;
    const signal = AbortSignal.any([options.signal, this.#ending.signal]);
    const rivalry = new Rivalry();
    const failures = new SaidRarely(log);
    let isFresh = true;
    let awayMs = 0;
    return serverSocket({
      origin,
      session,
      letIn: async () => {
        // The first socket has the session that was asked for just now.
        if (isFresh) {
          isFresh = false;
          return;
        }
        if (awayMs > 0) await delay(awayMs, undefined, { signal });
        try {
          await letIn({ ...options, session, signal });
        } catch (error) {
          if (error instanceof StopReason) onStop(error);
          throw error;
        }
      },
      onOpen: () => {
        failures.forget();
        rivalry.opened(performance.now());
        log.info('Connected to the server.');
      },
      onClose: (code) => {
        awayMs = rivalry.closed(code, performance.now());
        if (awayMs > 0) log.warn('Another program signs in with this token. Each computer needs a node of its own.');
        else if (!signal.aborted) log.info('The connection to the server was lost. Trying again.');
      },
      onFailed: (why) => failures.warn(`The server lets nobody open a WebSocket: ${why}. Trying again.`),
    });
  }
}
