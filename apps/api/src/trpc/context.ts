// What a procedure knows of its caller: the session, the address, and how to change the cookie. Made for
// HTTP requests and for WebSockets alike.
import type { Session } from '../accounts/sessions.ts';
import type { Services } from '../services.ts';
import type { Reached } from './reached.ts';

export interface Context {
  services: Services;
  session: Session | undefined;
  /** The client's own address, also behind a trusted proxy. */
  address: string;
  reached: Reached;
  /** Only over HTTP can a cookie be set; absent on WebSockets. */
  cookie: SessionCookie | undefined;
}

export interface SessionCookie {
  /** The token as the request presented it. */
  readonly token: string | undefined;
  set(token: string): void;
  clear(): void;
}
