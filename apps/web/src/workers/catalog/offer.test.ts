import type { CapabilityClaims, Want } from '@ferry/shared';
import { type Bundle, blobBundle } from '@ferry/webrtc-core';
import { describe, expect, test } from 'vitest';
import { isLeaveFor, parseReference } from './ask-reference.ts';
import { contentIdBytes } from './content-id-text.ts';
import { filesOf } from './entry-bundle.ts';
import { type OfferOptions, offerFor } from './offer.ts';

const [GUEST, OWNER, SHARE, OTHER_SHARE] = Array.from({ length: 4 }, () => crypto.randomUUID()) as [
  string,
  string,
  string,
  string,
];
const THERE = crypto.randomUUID();
const [A, B] = ['A', 'B'].map((letter) => `${letter.repeat(42)}A`) as [string, string];

const place: Want = { type: 'place', shareId: SHARE, path: 'a.txt' };
const contents = (...contentIds: string[]): Want => ({ type: 'contents', contentIds });
const ask = (want: Want) => JSON.stringify({ capability: 'signed', want });

function bundleOf(name: string, contentId: string): Bundle {
  const bundle = blobBundle([{ path: [name], blob: new Blob([name]) }]);
  const entry = { ...bundle.manifest.entries[0]!, contentId: contentIdBytes(contentId) };
  return { ...bundle, manifest: { entries: [entry] } };
}

/** A place where `a.txt` is shared with the guest, and content A with it; content B was downloaded. */
function options(change: Partial<CapabilityClaims> = {}, parts: Partial<OfferOptions> = {}): OfferOptions {
  const registered = { iss: 'ferry', exp: 0, sub: GUEST, device: THERE, aud: crypto.randomUUID() } as const;
  return {
    ownUserId: OWNER,
    checker: { check: async () => ({ ...registered, share: SHARE, contents: [A, B], ...change }) },
    shared: {
      at: async () => ({
        bundle: bundleOf('a.txt', A),
        title: 'a.txt',
        itemCount: 1,
        audience: { type: 'chosen', userIds: [GUEST] },
      }),
      withContents: async (contentIds) => (contentIds.includes(A) ? bundleOf('a.txt', A) : undefined),
      find: async () => undefined,
    },
    holdings: { find: async (contentId) => (contentId === B ? filesOf(bundleOf('b.txt', B))[0] : undefined) },
    ...parts,
  };
}

describe('a reference', () => {
  test.each([
    ['is no JSON', '{'],
    ['is nothing', 'null'],
    ['wants nothing', JSON.stringify({ capability: 'signed' })],
    ['climbs out of the share', ask({ type: 'place', shareId: SHARE, path: '../a' })],
    ['wants no content', ask(contents())],
    ['wants too much', ask(contents(...Array.from({ length: 257 }, () => A)))],
    ['is longer than any', JSON.stringify({ capability: 'x'.repeat(70_000), want: place })],
  ])('that %s is none', (_, text) => {
    expect(parseReference(text)).toBeUndefined();
  });
});

describe('leave', () => {
  test.each<[boolean, string, Pick<CapabilityClaims, 'share' | 'contents'>, Want]>([
    [true, 'for a share: anything in it', { share: SHARE }, place],
    [false, 'for another share', { share: OTHER_SHARE }, place],
    [false, 'for contents: no place', { contents: [A] }, place],
    [true, 'for contents: some of them', { contents: [A, B] }, contents(B)],
    [false, 'for contents: none besides them', { contents: [A] }, contents(A, B)],
    [false, 'for a share: no content by itself', { share: SHARE }, contents(A)],
    [false, 'for nothing', {}, contents(A)],
  ])('is %s, %s', (isLeave, _, claims, want) => {
    expect(isLeaveFor(claims as CapabilityClaims, want)).toBe(isLeave);
  });
});

describe('an offer', () => {
  test('is what is at the place', async () => {
    expect(await offerFor(ask(place), THERE, options())).toMatchObject({
      userId: GUEST,
      title: 'a.txt',
      itemCount: 1,
      sizeBytes: 5,
    });
  });

  test('of contents is of what is shared and of what was downloaded, in the order that was asked for', async () => {
    const offer = await offerFor(ask(contents(B, A)), THERE, options());
    if (typeof offer === 'string') throw new Error(offer);
    expect(offer.bundle.manifest.entries.map(({ path }) => path)).toEqual([['b.txt'], ['a.txt']]);
    const source = offer.bundle.choose([1, 0]);
    const texts = await Promise.all([0, 1].map(async (chunk) => new TextDecoder().decode(await source.read(chunk))));
    expect(texts).toEqual(['a.txt', 'b.txt']);
  });

  const unreadable = { at: async () => 'unreadable' as const, withContents: async () => undefined };
  test.each<[string, string, OfferOptions, Want]>([
    ['expired', 'leave that is over', options({}, { checker: { check: async () => 'expired' } }), place],
    ['not-found', 'leave for something else', options({ share: OTHER_SHARE }), place],
    ['not-found', 'somebody whom its owner did not choose', options({ sub: crypto.randomUUID() }), place],
    [
      'not-found',
      'what is not shared',
      options({}, { shared: { ...options().shared, at: async () => 'not-found' } }),
      place,
    ],
    [
      'unreadable',
      'a place that cannot be opened',
      options({}, { shared: { ...options().shared, ...unreadable } }),
      place,
    ],
    [
      'unreadable',
      'content that cannot be opened',
      options(
        {},
        { shared: { ...options().shared, ...unreadable, find: async () => ({ shareId: SHARE, path: 'a' }) } },
      ),
      contents(A),
    ],
    [
      'not-found',
      'content that is not here',
      options({}, { shared: { ...options().shared, ...unreadable } }),
      contents(A),
    ],
  ])('is none, but %s, for %s', async (reason, _, parts, want) => {
    expect(await offerFor(ask(want), THERE, parts)).toBe(reason);
  });

  test('is made to the owner’s other devices, whomever they chose', async () => {
    expect(await offerFor(ask(place), THERE, options({ sub: OWNER }))).toMatchObject({ userId: OWNER });
  });
});
