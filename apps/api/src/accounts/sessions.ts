// Sessions as cookies: made at sign-in, found again with every request, ended at sign-out. The token is in
// the cookie only; the database has its hash.
import { EventEmitter } from 'node:events';
import type { Account } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOfNode,
  extendSession,
  findSession,
  insertSession,
  liveSessions,
} from '../db/queries/sessions.ts';
import { hashSecret, newSecret } from './secret.ts';

export const SESSION_COOKIE = 'ferry_session';
/** Far below what SQLite takes as parameters of one statement. */
const SESSIONS_A_QUERY = 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Sliding: whoever comes once a month stays signed in. */
export const SESSION_MS = 30 * DAY_MS;

export interface Session {
  account: Account;
  /** Names the session to listeners of `ended`, without being able to open it. */
  sessionId: string;
  /** Of a holder without a browser, which may do little: node-bounds.ts. */
  nodeId: string | undefined;
}

export class Sessions {
  readonly #db: Database;
  readonly #endings = new EventEmitter<Record<string, []>>().setMaxListeners(0);

  constructor(db: Database) {
    this.#db = db;
  }

  /** @returns the token for the cookie */
  create(userId: string, nodeId: string | null = null): string {
    const token = newSecret();
    const now = Date.now();
    deleteExpiredSessions(this.#db, now);
    const tokenHash = hashSecret(token);
    insertSession(this.#db, { tokenHash, userId, createdAt: now, expiresAt: now + SESSION_MS, nodeId });
    return token;
  }

  find(token: string | undefined): Session | undefined {
    if (!token) return undefined;
    const tokenHash = hashSecret(token);
    const now = Date.now();
    const row = findSession(this.#db, tokenHash, now);
    if (!row) return undefined;
    if (row.expiresAt - now < SESSION_MS - DAY_MS) extendSession(this.#db, tokenHash, now + SESSION_MS);
    const { userId, username, isAdmin, nodeId } = row;
    const account = { userId, username, isAdmin };
    return { account, sessionId: tokenHash.toString('hex'), nodeId: nodeId ?? undefined };
  }

  /** Ends a session and whatever lives by it. */
  end(token: string | undefined): void {
    if (!token) return;
    const tokenHash = hashSecret(token);
    deleteSession(this.#db, tokenHash);
    this.#endings.emit(tokenHash.toString('hex'));
  }

  /** Ends all of a node's. */
  endNode(nodeId: string): void {
    for (const tokenHash of deleteSessionsOfNode(this.#db, nodeId)) this.#endings.emit(tokenHash.toString('hex'));
  }

  /** Ends what hangs on sessions that another process ended in the database, or that expired. */
  endMissing(): void {
    const watched = this.#endings.eventNames() as string[];
    for (let at = 0; at < watched.length; at += SESSIONS_A_QUERY) {
      const asked = watched.slice(at, at + SESSIONS_A_QUERY);
      const hashes = asked.map((sessionId) => Buffer.from(sessionId, 'hex'));
      const live = new Set(liveSessions(this.#db, hashes, Date.now()).map((hash) => hash.toString('hex')));
      for (const sessionId of asked) if (!live.has(sessionId)) this.#endings.emit(sessionId);
    }
  }

  /** Calls back once when the session ends; the returned function forgets that. */
  whenEnded(sessionId: string, callback: () => void): () => void {
    this.#endings.once(sessionId, callback);
    return () => this.#endings.off(sessionId, callback);
  }
}
