// Makes invites. The code is told once, by whoever asks for it here; only its hash is kept.
import { randomUUID } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { insertInvite } from '../db/queries/invites.ts';
import { hashSecret, newSecret } from './secret.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
export const INVITE_DAYS = 7;

interface NewInvite {
  inviteId: string;
  createdAt: number;
  expiresAt: number;
  /** Where on the site it is used. */
  path: string;
}

/** @param createdBy the admin in whose name it is */
export function createInvite(db: Database, createdBy: string, days = INVITE_DAYS): NewInvite {
  const code = newSecret();
  const createdAt = Date.now();
  const invite = { inviteId: randomUUID(), createdAt, expiresAt: createdAt + days * DAY_MS };
  insertInvite(db, { ...invite, createdBy, codeHash: hashSecret(code) });
  return { ...invite, path: `/register?invite=${code}` };
}
