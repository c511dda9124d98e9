import type { CapabilityClaims, ContentsOfShares, Want } from '@ferry/shared';
import { type Bundle, blobBundle, filesOf } from '@ferry/webrtc-core';
import { describe, expect, test } from 'vitest';
import { isLeaveFor, parseReference } from './ask-reference.ts';
import { contentIdBytes } from './content-id-text.ts';
import { type OfferOptions, offerFor } from './offer.ts';

const [GUEST, OWNER, SHARE, OTHER_SHARE] = Array.from({ length: 4 }, () => crypto.randomUUID()) as [
  string,
  string,
  string,
  string,
];
const THERE = crypto.randomUUID();
const [A, B, C] = ['A', 'B', 'C'].map((letter) => `${letter.repeat(42)}A`) as [string, string, string];

const place: Want = { type: 'place', shareId: SHARE, path: 'a.txt' };
const by = (shareIds: string[], ...contentIds: string[]): ContentsOfShares => ({ shareIds, contentIds });
const contents = (...of: ContentsOfShares[]): Want => ({ type: 'contents', of });
const ask = (want: Want) => JSON.stringify({ capability: 'signed', want });

function bundleOf(name: string, contentId: string): Bundle {
  const bundle = blobBundle([{ path: [name], blob: new Blob([name]) }]);
  const entry = { ...bundle.manifest.entries[0]!, contentId: contentIdBytes(contentId) };
  return { ...bundle, manifest: { entries: [entry] } };
}

const LEAVE = [by([SHARE], A), by([OTHER_SHARE], B)];

/** A place where `a.txt` is shared with the guest, and content A with it; content B was downloaded from another share. */
function options(change: Partial<CapabilityClaims> = {}, parts: Partial<OfferOptions> = {}): OfferOptions {
  const registered = { iss: 'ferry', exp: 0, sub: GUEST, device: THERE, aud: crypto.randomUUID() } as const;
  return {
    ownUserId: OWNER,
    checker: { check: async () => ({ ...registered, share: SHARE, contents: LEAVE, ...change }) },
    shared: {
      at: async () => ({
        bundle: bundleOf('a.txt', A),
        title: 'a.txt',
        itemCount: 1,
        audience: { type: 'chosen', userIds: [GUEST] },
      }),
      withContents: async (shareId, contentIds) =>
        shareId === SHARE && contentIds.includes(A) ? bundleOf('a.txt', A) : 'not-found',
      isWithheld: () => false,
    },
    held: {
      find: async (contentId, shareIds) => {
        if (contentId !== B) return undefined;
        return shareIds.join() === OTHER_SHARE ? filesOf(bundleOf('b.txt', B))[0] : 'other-shares';
      },
    },
    ...parts,
  };
}

describe('a reference', () => {
  test.each([
    ['is no JSON', '{'],
    ['is nothing', 'null'],
    ['wants nothing', JSON.stringify({ capability: 'signed' })],
    ['climbs out of the share', ask({ type: 'place', shareId: SHARE, path: '../a' })],
    ['wants no content', ask(contents(by([SHARE])))],
    ['wants contents of nothing', ask(contents())],
    ['wants too much', ask(contents(by([SHARE], ...Array.from({ length: 257 }, () => A))))],
    ['wants it by no share', ask(contents(by([], A)))],
    ['wants it by too many shares', ask(contents(by(Array(9).fill(SHARE), A)))],
    ['is longer than any', JSON.stringify({ capability: 'x'.repeat(70_000), want: place })],
  ])('that %s is none', (_, text) => {
    expect(parseReference(text)).toBeUndefined();
  });
});

describe('leave', () => {
  test.each<[boolean, string, Pick<CapabilityClaims, 'share' | 'contents'>, Want]>([
    [true, 'for a share: anything in it', { share: SHARE }, place],
    [false, 'for another share', { share: OTHER_SHARE }, place],
    [false, 'for contents: no place', { contents: [by([SHARE], A)] }, place],
    [true, 'for contents: some of them', { contents: [by([SHARE], A, B)] }, contents(by([SHARE], B))],
    [false, 'for contents: none besides them', { contents: [by([SHARE], A)] }, contents(by([SHARE], A, B))],
    [true, 'by several shares: each its own', { contents: LEAVE }, contents(by([OTHER_SHARE], B), by([SHARE], A))],
    [false, 'by several shares: none of another one’s', { contents: LEAVE }, contents(by([SHARE], B))],
    [false, 'by one share: not by another one', { contents: [by([SHARE], A)] }, contents(by([OTHER_SHARE], A))],
    [
      false,
      'by two shares together: not by one of them',
      { contents: [by([SHARE, OTHER_SHARE], A)] },
      contents(by([SHARE], A)),
    ],
    [false, 'by one share: not by one more', { contents: [by([SHARE], A)] }, contents(by([SHARE, OTHER_SHARE], A))],
    [false, 'for a share: no content by itself', { share: SHARE }, contents(by([SHARE], A))],
    [false, 'for nothing', {}, contents(by([SHARE], A))],
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
    const offer = await offerFor(ask(contents(...LEAVE.toReversed())), THERE, options());
    if (typeof offer === 'string') throw new Error(offer);
    expect(offer.bundle.manifest.entries.map(({ path }) => path)).toEqual([['b.txt'], ['a.txt']]);
    const source = offer.bundle.choose([1, 0]);
    const texts = await Promise.all([0, 1].map(async (chunk) => new TextDecoder().decode(await source.read(chunk))));
    expect(texts).toEqual(['a.txt', 'b.txt']);
  });

  const all = options().shared;
  const locked = { ...all, at: async () => 'unreadable' as const, withContents: async () => 'unreadable' as const };
  const claiming = (of: ContentsOfShares) => options({ contents: [of] });
  test.each<[string, string, OfferOptions, Want]>([
    ['expired', 'leave that is over', options({}, { checker: { check: async () => 'expired' } }), place],
    ['not-found', 'leave for something else', options({ share: OTHER_SHARE }), place],
    ['not-found', 'somebody whom its owner did not choose', options({ sub: crypto.randomUUID() }), place],
    ['not-found', 'what is not shared', options({}, { shared: { ...all, at: async () => 'not-found' } }), place],
    ['unreadable', 'a place that cannot be opened', options({}, { shared: locked }), place],
    ['unreadable', 'content that cannot be opened', options({}, { shared: locked }), contents(by([SHARE], A))],
    ['not-found', 'content that is not here', claiming(by([SHARE], C)), contents(by([SHARE], C))],
    ['not-found', 'content of another share', claiming(by([OTHER_SHARE], A)), contents(by([OTHER_SHARE], A))],
    ['expired', 'what is held, but from another share', claiming(by([SHARE], B)), contents(by([SHARE], B))],
    [
      'not-found',
      'what is held from a share of one’s own that is for others',
      options({}, { shared: { ...all, isWithheld: (shareId) => shareId === OTHER_SHARE } }),
      contents(by([OTHER_SHARE], B)),
    ],
  ])('is none, but %s, for %s', async (reason, _, parts, want) => {
    expect(await offerFor(ask(want), THERE, parts)).toBe(reason);
  });

  test('is good as long as its leave, when something of it is passed on', async () => {
    const until = async (want: Want) => {
      const offer = await offerFor(ask(want), THERE, options({ exp: 1000 }));
      return typeof offer === 'string' ? offer : offer.untilMs;
    };
    expect(await until(contents(by([SHARE], A)))).toBeUndefined();
    expect(await until(contents(...LEAVE))).toBe(1_000_000);
    expect(await until(place)).toBeUndefined();
  });

  test('is made to the owner’s other devices, whomever they chose', async () => {
    expect(await offerFor(ask(place), THERE, options({ sub: OWNER }))).toMatchObject({ userId: OWNER });
  });
});
