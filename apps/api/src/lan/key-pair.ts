// Keys on the curve that every browser and phone knows, and how they are kept as text. Knows no certificates.
import type { webcrypto } from 'node:crypto';

export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export function newKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** @returns PKCS #8 in PEM */
export async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const base64 = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${base64.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

/** @throws what Web Crypto throws on what is no such key */
export function importSigningKey(pem: string): Promise<webcrypto.CryptoKey> {
  const base64 = pem.replaceAll(/-----[A-Z ]+-----|\s/g, '');
  return crypto.subtle.importKey('pkcs8', Buffer.from(base64, 'base64'), ALGORITHM, false, ['sign']);
}
