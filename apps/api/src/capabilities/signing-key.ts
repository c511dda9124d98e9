// The key by which this server vouches for capabilities: made once, kept in the database. Knows nothing of what is
// signed. In the database and not in a file of its own, because it belongs to the accounts that it speaks of, is made
// safely by one of two processes that start at once, and is as private as they are.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { CapabilityKey } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { findServerKey, insertServerKey } from '../db/queries/server-keys.ts';

const PURPOSE = 'capabilities';

export interface SigningKey {
  privateKey: KeyObject;
  publicJwk: CapabilityKey['jwk'];
}

/** Losing it is harmless: browsers ask for the new one, and what was signed by the old one had five minutes left. */
export function signingKey(db: Database): SigningKey {
  const kept = findServerKey(db, PURPOSE) ?? makeKey(db);
  const privateKey = createPrivateKey({ key: JSON.parse(kept.jwk), format: 'jwk' });
  const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { privateKey, publicJwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } };
}

function makeKey(db: Database) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }));
  insertServerKey(db, { purpose: PURPOSE, jwk, createdAt: Date.now() });
  return findServerKey(db, PURPOSE)!;
}
