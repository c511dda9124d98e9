import { expect, test } from 'vitest';
import { turnCredentials } from './credentials.ts';

test('expiry, user and device are in the name, and the secret signs it', () => {
  const { username, credential, expiresAt } = turnCredentials(
    { secret: 'a secret of 16 bytes', lifetimeS: 8 * 60 * 60 },
    { userId: 'user', deviceId: 'device' },
    1_700_000_000_500,
  );
  expect(username).toBe('1700028800:user:device');
  expect(expiresAt).toBe(1_700_028_800_000);
  // From `openssl dgst -sha1 -hmac`.
  expect(credential).toBe('B2TWP9ewxBe3ynzI3tG0HITbbP0=');
});
