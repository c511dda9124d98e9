import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { finalReason, outOfReach, refusalOf } from './refusal.ts';

const ORIGIN = 'https://ferry.example.com';

function refused(ferryCode: string, more = {}) {
  const error = new TRPCClientError(ferryCode);
  Object.assign(error, { data: { ferryCode, ...more } });
  return error;
}

function answered(status: number) {
  return new TRPCClientError('no JSON', { meta: { response: new Response(null, { status }) } });
}

function failed(code: string) {
  const socket = Object.assign(new Error('socket'), { code });
  return new TRPCClientError('fetch failed', { cause: new TypeError('fetch failed', { cause: socket }) });
}

test('what trying again cannot mend is a reason to stop', () => {
  expect(finalReason(refused('wrong-credentials'), ORIGIN)).toMatchObject({ code: 'token-refused' });
  expect(finalReason(refused('account-disabled'), ORIGIN)).toMatchObject({ code: 'account-disabled' });
  expect(finalReason(answered(403), ORIGIN)).toMatchObject({ code: 'address-wrong' });
  expect(finalReason(answered(404), ORIGIN)).toMatchObject({ code: 'address-wrong' });
});

test('everything else is waited for', () => {
  for (const error of [refused('rate-limited'), refused('internal'), answered(502), failed('ECONNREFUSED'), null]) {
    expect(finalReason(error, ORIGIN)).toBeUndefined();
  }
  expect(refusalOf(refused('rate-limited', { retryAfterMs: 7 })).retryAfterMs).toBe(7);
});

test('why it is out of reach is said as exactly as it is known', () => {
  expect(outOfReach(failed('ECONNREFUSED'))).toBe('ECONNREFUSED');
  expect(outOfReach(failed('SELF_SIGNED_CERT_IN_CHAIN'))).toContain('NODE_EXTRA_CA_CERTS');
  expect(outOfReach(answered(502))).toBe('it answered 502');
  expect(outOfReach(new Error('?'))).toBe('no answer');
});
