import { randomBytes, randomUUID } from 'node:crypto';
import { capabilityClaimsSchema, LIMITS } from '@ferry/shared';
import { importJWK, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import type { FetchablePlace } from '../catalog/catalog-index.ts';
import { openDatabase } from '../db/client.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { Capabilities } from './capabilities.ts';
import { signingKey } from './signing-key.ts';

const ASKING = { userId: randomUUID(), deviceId: randomUUID() };
const OWNER = { userId: randomUUID(), deviceId: randomUUID(), shareId: randomUUID(), path: 'a file' };
const FULL = Array.from({ length: LIMITS.catalogWantedContents }, () => randomBytes(32).toString('base64url'));

const COPYING = randomUUID();
/** Each share by itself takes the most room. */
const SHARES = Array.from({ length: LIMITS.catalogWantedShareNames }, () => ({
  shareId: randomUUID(),
  userId: randomUUID(),
}));
const EACH = FULL.length / SHARES.length;
const HAS = SHARES.map((share, at) => ({ shares: [share], contentIds: FULL.slice(at * EACH, (at + 1) * EACH) }));

/** A device has all that a capability has room for. */
const PLACE: FetchablePlace = {
  origin: OWNER,
  isFolder: true,
  contentIds: FULL,
  copies: [{ userId: randomUUID(), deviceId: COPYING, has: HAS }],
  holders: [],
};

function inFolder(dataDir: string): Capabilities {
  const { db, close } = openDatabase(dataDir);
  try {
    return new Capabilities(signingKey(db));
  } finally {
    close();
  }
}

test('each is signed by the key that everybody may have, and says who may fetch what where, for five minutes', async () => {
  const capabilities = inFolder(':memory:');
  const begunMs = Date.now();
  const { grants, expiresAt } = await capabilities.grant(ASKING, PLACE, [COPYING]);
  expect(grants.map(({ role }) => role)).toEqual(['owner', 'copy']);
  expect(expiresAt).toBeGreaterThan(begunMs + 298_000);
  expect(expiresAt).toBeLessThanOrEqual(Date.now() + 300_000);

  const key = await importJWK(capabilities.key.jwk, 'ES256');
  const bound = { iss: 'ferry', exp: expiresAt / 1000, sub: ASKING.userId, device: ASKING.deviceId };
  const [toOwner, toCopy] = await Promise.all(
    grants.map(async ({ capability }) => (await jwtVerify(capability, key, { algorithms: ['ES256'] })).payload),
  );
  expect(capabilityClaimsSchema.parse(toOwner)).toEqual({ ...bound, aud: OWNER.deviceId, share: OWNER.shareId });
  const of = HAS.map(({ shares, contentIds }) => ({ shareIds: shares.map(({ shareId }) => shareId), contentIds }));
  expect(capabilityClaimsSchema.parse(toCopy)).toEqual({ ...bound, aud: COPYING, contents: of });
  expect(grants[1]).toMatchObject({ want: { type: 'contents', of }, shares: SHARES });
});

test('the longest fits where it is read', async () => {
  const { grants } = await inFolder(':memory:').grant(ASKING, PLACE, [COPYING]);
  expect(grants[1]!.capability.length).toBeGreaterThan(LIMITS.capabilityCharacters / 2);
  expect(grants[1]!.capability.length).toBeLessThanOrEqual(LIMITS.capabilityCharacters);
});

test('the public key has nothing private in it', () => {
  expect(Object.keys(inFolder(':memory:').key.jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
});

test('the key outlives a restart: what was signed before is good after', async () => {
  const dataDir = temporaryFolder();
  const before = inFolder(dataDir);
  const { grants } = await before.grant(ASKING, PLACE, []);
  const after = inFolder(dataDir);
  expect(after.key).toEqual(before.key);
  await jwtVerify(grants[0]!.capability, await importJWK(after.key.jwk, 'ES256'));
});

test('two programs that open a new database share one key', () => {
  const dataDir = temporaryFolder();
  const [one, other] = [openDatabase(dataDir), openDatabase(dataDir)];
  expect(signingKey(one.db).publicJwk).toEqual(signingKey(other.db).publicJwk);
  one.close();
  other.close();
});

test('another server’s capability is not this one’s', async () => {
  const { grants } = await inFolder(':memory:').grant(ASKING, PLACE, []);
  const key = await importJWK(inFolder(':memory:').key.jwk, 'ES256');
  await expect(jwtVerify(grants[0]!.capability, key)).rejects.toMatchObject({
    code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  });
});
