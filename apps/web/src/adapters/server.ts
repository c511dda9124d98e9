// The server as the page uses it, over tRPC. Knows no pages; turns every failure into a ServerRefusal.
import type { ConnectionReport, DeviceId, IceConfiguration, PresenceEvent } from '@ferry/shared';
import { type Server, ServerRefusal } from '../services.ts';
import { httpApi, type LiveApi, liveApi, refusalOf } from './api.ts';

export class TrpcServer implements Server {
  readonly http = httpApi();
  #live: LiveApi | undefined;

  me: Server['me'] = () => asked(this.http.auth.me.query());
  registrationPolicy: Server['registrationPolicy'] = () => asked(this.http.auth.policy.query());
  listInvites: Server['listInvites'] = () => asked(this.http.invites.list.query());
  revokeInvite: Server['revokeInvite'] = (inviteId) => asked(this.http.invites.revoke.mutate({ inviteId }));

  checkServer: Server['checkServer'] = () => asked(this.http.doctor.server.query());
  iceConfiguration(deviceId: DeviceId): Promise<IceConfiguration> {
    return asked(this.http.config.ice.query({ deviceId }));
  }

  signIn: Server['signIn'] = (credentials) => {
    this.#endLive();
    return asked(this.http.auth.signIn.mutate(credentials));
  };
  register: Server['register'] = (wanted) => {
    this.#endLive();
    return asked(this.http.auth.register.mutate(wanted));
  };
  signOut: Server['signOut'] = async () => {
    this.#endLive();
    await asked(this.http.auth.signOut.mutate());
  };
  createInvite: Server['createInvite'] = async () => {
    const { path, ...invite } = await asked(this.http.invites.create.mutate());
    const code = new URL(path, location.origin).searchParams.get('invite') ?? '';
    return { invite: { ...invite, usedBy: null }, code };
  };

  /** The live client of whoever is signed in now. */
  get live(): LiveApi {
    this.#live ??= liveApi();
    return this.#live;
  }

  /** For the operator's numbers: one that does not arrive is not missed. */
  report(report: ConnectionReport): void {
    this.live.api.reports.connection.mutate(report).catch(() => {});
  }

  /** The socket may be dead without having noticed, as after a sleep: the next one is made at once. */
  reconnect(): void {
    this.#live?.socket.connection?.ws?.close();
  }

  watchPeople(listener: (event: PresenceEvent) => void): () => void {
    const subscription = this.live.api.people.watch.subscribe(undefined, { onData: listener });
    return () => subscription.unsubscribe();
  }

  watchConnection(listener: (isConnected: boolean) => void): () => void {
    const subscription = this.live.socket.connectionState.subscribe({
      // A first attempt is not yet a lost connection.
      next: (state) => listener(state.state === 'connecting' ? state.error === null : true),
    });
    return () => subscription.unsubscribe();
  }

  #endLive(): void {
    void this.#live?.socket.close();
    this.#live = undefined;
  }
}

/** The answer of a call, or the reason why there is none. */
export async function asked<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    const { code, retryAfterMs } = refusalOf(cause);
    throw new ServerRefusal(code, retryAfterMs === undefined ? { cause } : { cause, retryAfterMs });
  }
}
