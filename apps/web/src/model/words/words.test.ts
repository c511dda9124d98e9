// Every code that can reach a user has words, and the words say what they are given.
import { apiErrorCodeSchema } from '@ferry/shared';
import { describe, expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import type { ProblemCode, TransferStatus } from '../../adapters/engine-contract.ts';
import en from '../../i18n/locales/en.ts';
import transferEn from '../../i18n/locales/en-transfer.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';
import { formatBytes } from '../format/bytes.ts';
import { TRANSFER_STATUSES, transfer } from '../transfer/transfer-fixture.ts';
import { timeLeftWords } from './duration-words.ts';
import type { Phrase } from './phrase.ts';
import { problemWords } from './problem-words.ts';
import { refusalWords, refusedField } from './refusal-words.ts';
import { routeWords } from './route-words.ts';
import { phaseWords } from './transfer-words.ts';

const { global } = createI18n({
  legacy: false,
  locale: 'en',
  messages: { en: { ...en, ...transferEn } },
  missingWarn: false,
});
const bytes = (amount: number) => formatBytes(amount, 'en');

function say({ key, named = {}, count }: Phrase<TransferKey>): string {
  const text = count === undefined ? global.t(key, named) : global.t(key, { count, ...named }, count);
  expect(text).not.toBe(key);
  expect(text).not.toMatch(/[{}|]/);
  return text;
}

const PROBLEMS: ProblemCode[] = [
  'source-changed',
  'store-full',
  'store-failed',
  'no-sources',
  'chunk-corrupt',
  'manifest-invalid',
  'version-unsupported',
  'protocol',
  'unreachable',
  'relay-missing',
  'relay-failed',
  'candidates-missing',
  'files-locked',
  'files-needed',
  'files-differ',
  'folder-locked',
  'not-shared',
  'files-changed',
  'owner-unreadable',
];
const context = { bytes, canPickFolder: false };

describe('problems', () => {
  test.each(PROBLEMS)('%s has words for both sides', (code) => {
    for (const direction of ['send', 'receive'] as const) say(problemWords({ code }, transfer({ direction }), context));
  });
  test.each(['unreachable', 'relay-missing', 'relay-failed', 'candidates-missing'] as const)(
    '%s says that it goes on by itself, or what must be done',
    (code) => {
      const words = (status: TransferStatus) => say(problemWords({ code }, transfer({ status }), context));
      expect(words('stalled')).toMatch(/keeps trying/);
      expect(words('failed')).toMatch(/try again/);
    },
  );
  test('without a path say who can do something', () => {
    const about = transfer({ direction: 'send', status: 'failed' });
    expect(say(problemWords({ code: 'relay-missing' }, about, context))).toBe(
      'No direct path between you and Grace, and this Ferry has no relay. Ask the person who runs Ferry to set one up, or try again from another network.',
    );
  });
  test('name the file', () => {
    const problem = { code: 'source-changed', fileName: 'cut.mov' } as const;
    expect(say(problemWords(problem, transfer(), context))).toBe(
      '“cut.mov” changed on Grace’s disk while it was sent. Ask Grace to send it again.',
    );
  });
  describe('name the sizes', () => {
    const problem = { code: 'store-full', neededBytes: 3.4e9, freeBytes: 1.1e9 } as const;
    const request = transfer({ status: 'announced' });
    const midway = transfer({ status: 'paused' });
    test.each([
      [request, false, /^Needs 3\.4 GB, 1\.1 GB is free.*choose fewer files/],
      [request, true, /^Needs 3\.4 GB, 1\.1 GB is free\. Choose a folder to save straight to disk\.$/],
      [midway, false, /^Needs 3\.4 GB more, 1\.1 GB is free.*saved: it continues by itself when there is room\.$/],
      [midway, true, /^Needs 3\.4 GB more.*or choose a folder: it continues by itself when there is room\.$/],
    ])('case %#', (about, canPickFolder, text) => {
      expect(say(problemWords(problem, about, { bytes, canPickFolder }))).toMatch(text);
    });
  });
  test.each([
    [
      { itemCount: 1, fileCount: 1 },
      /^Choose “report\.pdf” again to continue\. Nothing that was sent is sent twice\.$/,
    ],
    [{ itemCount: 1, fileCount: 9 }, /^Choose the folder “report\.pdf” again/],
    [{ itemCount: 2, fileCount: 2 }, /^Choose “report\.pdf” and the files sent with it again/],
    [{ itemCount: 2, fileCount: 9 }, /files and folders/],
  ])('%j says what to choose again', (change, text) => {
    const about = transfer({ direction: 'send', ...change });
    expect(say(problemWords({ code: 'files-needed' }, about, context))).toMatch(text);
  });
  test('name the file that differs', () => {
    const problem = { code: 'files-differ', fileName: 'cover.psd' } as const;
    expect(say(problemWords(problem, transfer({ direction: 'send' }), context))).toMatch(
      /^“cover\.psd” is not the file/,
    );
  });
});

describe('refusals', () => {
  test.each([...apiErrorCodeSchema.options, 'unreachable' as const])('%s has words', (code) => {
    say(refusalWords(code));
  });
  test.each([
    [1, 'Too many tries. Try again in 1 second.'],
    [29_100, 'Too many tries. Try again in 30 seconds.'],
    [600_000, 'Too many tries. Try again in 10 minutes.'],
  ])('after %d ms', (ms, text) => expect(say(refusalWords('rate-limited', ms))).toBe(text));
  test('belong to a field', () => {
    expect(refusedField('username-taken')).toBe('username');
    expect(refusedField('password-length')).toBe('password');
    expect(refusedField('wrong-credentials')).toBe('form');
  });
});

describe('phases', () => {
  test.each(TRANSFER_STATUSES)('%s reads well from both sides', (status) => {
    for (const direction of ['send', 'receive'] as const)
      for (const online of [true, false]) {
        const phrase = phaseWords(transfer({ status, direction }), online);
        if (phrase) say(phrase);
      }
  });
  test.each([
    [{ status: 'announced', direction: 'send' }, true, 'Waiting for Grace to accept'],
    [{ status: 'announced', direction: 'send' }, false, 'Grace is offline. Ferry asks as soon as they are back.'],
    [
      { status: 'announced', direction: 'send', survivesReload: false },
      false,
      'Grace is offline. Ferry asks as soon as they are back. If you close this page, choose the files again to continue.',
    ],
    [{ status: 'paused', pausedBy: 'peer' }, true, 'Paused by Grace. Goes on when they resume.'],
    [{ status: 'stalled', direction: 'send' }, false, 'Grace is offline. Continues by itself when they are back.'],
    [
      { status: 'stalled', direction: 'send', survivesReload: false },
      false,
      'Grace is offline. Continues by itself when they are back. If you close this page, choose the files again to continue.',
    ],
    [{ status: 'cancelled', cancelledBy: 'other-device' }, true, 'Answered on another device.'],
  ] as const)('%j, online %s', (change, online, text) => expect(say(phaseWords(transfer(change), online)!)).toBe(text));
  test.each([
    ['me', 'user', /^Paused\./],
    ['me', 'queue', /^Waits its turn\. Starts by itself/],
    ['me', 'space', /^There is no space left where it is kept\. Make room/],
    ['me', 'files', /^Choose “report\.pdf” again/],
    ['peer', 'user', /^Paused by Grace\./],
    ['peer', 'queue', /^Grace has other transfers first\. It starts by itself/],
    ['peer', 'space', /^Grace’s browser is out of space\. Continues by itself/],
    ['peer', 'files', /^Grace must choose the files again, and then it continues by itself\.$/],
  ] as const)('paused by %s for %s', (pausedBy, pauseReason, text) => {
    const paused = transfer({ status: 'paused', direction: 'send', pausedBy, pauseReason });
    expect(say(phaseWords(paused, true)!)).toMatch(text);
  });
  test('a folder that is locked is what a receiver pauses for', () => {
    const paused = transfer({ status: 'paused', pausedBy: 'me', pauseReason: 'files' });
    expect(say(phaseWords(paused, true)!)).toMatch(/open the folder again/);
  });
  test.each(['lan', 'direct', 'relayed', 'offline'] as const)('route %s', (route) => {
    say(routeWords(route));
  });
});

test.each([
  [0, '1 s left'],
  [11.2, '12 s left'],
  [59.5, '60 s left'],
  [60, '1 min left'],
  [61, '2 min left'],
  [3600, '1 h left'],
  [5460, '1 h 31 min left'],
  [90_000, 'more than a day left'],
])('%d seconds: %s', (seconds, text) => expect(say(timeLeftWords(seconds))).toBe(text));
