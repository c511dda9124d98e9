// Every status and every problem of a share has words, and they say what happens next.
import { LIMITS } from '@ferry/shared';
import { describe, expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import type { ShareProblem, ShareStatus } from '../../adapters/catalog-contract.ts';
import en from '../../i18n/locales/en.ts';
import sharingEn from '../../i18n/locales/en-sharing.ts';
import type { SharingKey } from '../../i18n/sharing-words.ts';
import { audienceProblem } from '../sharing/audience-draft.ts';
import { share } from '../sharing/share-fixture.ts';
import type { Phrase } from './phrase.ts';
import { shareAnnouncements, shareStateWords } from './share-words.ts';

const { global } = createI18n({
  legacy: false,
  locale: 'en',
  messages: { en: { ...en, ...sharingEn } },
  missingWarn: false,
});
const number = (value: number) => value.toLocaleString('en');
const context = { number, files: (count: number) => `${number(count)} files` };

function say({ key, named = {}, count }: Phrase<SharingKey>): string {
  const text = count === undefined ? global.t(key, named) : global.t(key, { count: number(count), ...named }, count);
  expect(text).not.toBe(key);
  expect(text).not.toMatch(/[{}|]/);
  return text;
}

describe('states', () => {
  test.each([
    [{ status: 'scanning', foundCount: 0 }, 'Looking through it…'],
    [{ status: 'scanning', foundCount: 12_345 }, 'Looking through it: 12,345 files found'],
    [{ status: 'publishing', foundCount: 1000, publishedCount: 500 }, 'Being listed: 500 of 1,000 files'],
    [{ status: 'listed', publishedCount: 10, verifiedCount: 4 }, 'Listed. Verifying, 40%'],
    [{ status: 'listed', publishedCount: 1000, verifiedCount: 999 }, 'Listed. Verifying, 99%'],
    [{ status: 'listed' }, 'Listed and verified'],
    [{ status: 'listed', foundCount: 0, publishedCount: 0, verifiedCount: 0 }, 'There is no file in it to list'],
    [{ status: 'locked' }, /let Ferry open it again/],
    [{ status: 'disconnected' }, /^Needs reconnecting/],
    [{ status: 'failed', problem: 'too-many' }, /the 250,000 files that one person may list/],
    [{ status: 'failed', problem: 'unreadable' }, /Put it back and rescan/],
    [{ status: 'failed', problem: 'server' }, /tries again by itself/],
    [{ status: 'failed' }, /tries again by itself/],
  ] as const)('%j', (change, text) => {
    const said = say(shareStateWords(share(change), context));
    if (typeof text === 'string') expect(said).toBe(text);
    else expect(said).toMatch(text);
  });

  test('each has words of its own', () => {
    const statuses: ShareStatus[] = ['scanning', 'publishing', 'listed', 'locked', 'disconnected'];
    const problems: ShareProblem[] = ['too-many', 'unreadable', 'server'];
    const said = [
      ...statuses.map((status) => share({ status })),
      ...problems.map((problem) => share({ status: 'failed', problem })),
    ].map((state) => say(shareStateWords(state, context)));
    expect(new Set(said).size).toBe(said.length);
  });
});

describe('announcements', () => {
  const scanning = share({ status: 'scanning' });
  test.each([
    [[], [share()], []],
    [[], [scanning], []],
    [[], [share({ status: 'disconnected' })], ['Press photos needs reconnecting']],
    [[scanning], [share()], ['Press photos is listed: 48 files']],
    [[scanning], [share({ status: 'publishing' })], []],
    [[scanning], [{ ...scanning, foundCount: 99 }], []],
    [[scanning], [share({ status: 'failed', problem: 'unreadable' })], ['Press photos could not be listed']],
    [[share()], [share({ status: 'locked' })], ['Press photos: allow Ferry to open it again']],
    [[share()], [], []],
  ])('case %#', (before, after, said) => {
    expect(shareAnnouncements(before, after, context).map(say)).toEqual(said);
  });
});

describe('an audience', () => {
  const chosen = (count: number) => ({
    type: 'chosen' as const,
    userIds: Array.from({ length: count }, (_, index) => `u${index}`),
  });
  test('of everyone, or of some, is one', () => {
    expect(audienceProblem({ type: 'everyone' })).toBeNull();
    expect(audienceProblem(chosen(1))).toBeNull();
    expect(audienceProblem(chosen(LIMITS.catalogAudience))).toBeNull();
  });
  test('of nobody, or of too many, is none, in words', () => {
    expect(say(audienceProblem(chosen(0))!)).toBe('Choose at least one person.');
    expect(say(audienceProblem(chosen(LIMITS.catalogAudience + 1))!)).toMatch(/^At most 500 people/);
  });
});
