// Random tokens and the hashes they are stored as. Pure but for its randomness.
import { createHash, randomBytes } from 'node:crypto';

/** 256 bits, in characters that fit cookies and links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Unsalted and quick on purpose: a random secret of 256 bits cannot be guessed from its hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
