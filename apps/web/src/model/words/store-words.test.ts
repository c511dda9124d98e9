// The Store in words: how safe something is, whether one may leave, and what a transfer from it waits for.
import type { StoredDetails, StoreHealth } from '@ferry/shared';
import { describe, expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { StoreUpload, UploadProblemCode, UploadStatus } from '../../adapters/store-contract.ts';
import en from '../../i18n/locales/en.ts';
import storeEn from '../../i18n/locales/en-store.ts';
import transferEn from '../../i18n/locales/en-transfer.ts';
import { health, stored, storedAt } from '../store/stored-fixture.ts';
import { upload } from '../store/upload-fixture.ts';
import { source } from '../transfer/source-fixture.ts';
import { transfer } from '../transfer/transfer-fixture.ts';
import { announcementsBetween } from './announcements.ts';
import { betweenWords } from './between-words.ts';
import { cellWords } from './map-words.ts';
import type { Phrase } from './phrase.ts';
import { problemWords } from './problem-words.ts';
import { safetyWords } from './safety-words.ts';
import { isUnderWay, sentDeliveryWords } from './sent-delivery-words.ts';
import { storeStatusWords } from './store-status-words.ts';
import { phaseWords } from './transfer-words.ts';
import { uploadAnnouncements } from './upload-announcements.ts';
import { uploadWords } from './upload-words.ts';

const { global } = createI18n({
  legacy: false,
  locale: 'en',
  messages: { en: { ...en, ...storeEn, ...transferEn } },
  missingWarn: false,
});

function say({ key, named = {}, count }: Phrase<string>): string {
  const text = count === undefined ? global.t(key, named) : global.t(key, { count, ...named }, count);
  expect(text).not.toBe(key);
  expect(text).not.toMatch(/[{}|]/);
  return text;
}
const bytes = (amount: number) => `${amount / 1e9} GB`;

describe('how safe a file is', () => {
  const words = (change: Partial<StoreHealth>, file: Partial<StoredDetails> = {}, isUploading = false) => {
    const { heading, sentences } = safetyWords(stored({ ...file, health: health(change) }), {
      isUploading,
      isMe: (userId) => userId === 'me',
    });
    return [heading, ...sentences].map(say).join(' ');
  };
  const ana = storedAt({ userId: 'ana', username: 'Ana' });
  const atRisk = { status: 'at-risk', missingOwners: 2, ownerCount: 1, spareOwners: 0 } as const;

  test.each([
    [
      'safe',
      { spareOwners: 6 },
      'Safe. Everything can be fetched right now. Any 6 of the 8 people can leave and nothing is lost.',
    ],
    [
      'safe by one',
      { spareOwners: 1, ownerCount: 3 },
      'Safe. Everything can be fetched right now. Any 1 of the 3 people can leave and nothing is lost.',
    ],
    [
      'safe as it was meant, with nobody to spare',
      { spareOwners: 0 },
      'Safe. Everything can be fetched right now. Nobody who keeps it can be missed.',
    ],
    [
      'cannot be fetched now',
      { status: 'unfetchable', online: 3, needed: 4 },
      'Cannot be fetched now. 3 of the 4 pieces needed are online. Press Download: it starts by itself as soon as enough people are back.',
    ],
    [
      'lost',
      { status: 'unfetchable', online: 1, kept: 2, spareOwners: -1 },
      'Lost. Too few pieces are left: 2 of the 4 that are needed. Add the file again.',
    ],
    [
      'at risk, and being repaired',
      { status: 'at-risk', ownerCount: 5, missingOwners: 1, isBeingRepaired: true },
      'At risk. 5 people keep it. 1 more person must come online. New pieces are being made now.',
    ],
    [
      'at risk with nobody',
      { ...atRisk, ownerCount: 0 },
      'At risk. Nobody keeps it yet. 2 more people must come online.',
    ],
  ] as const)('%s', (_, change, sentences) => expect(words(change)).toBe(sentences));

  test('the only one who keeps it is named', () => {
    expect(words(atRisk, { holders: [ana] })).toBe('At risk. Only Ana keeps it. 2 more people must come online.');
    expect(words(atRisk, { holders: [storedAt({ userId: 'me' })] })).toContain('Only you keep it.');
    expect(words(atRisk, { holders: [] })).toContain('Only one person keeps it.');
  });

  test('who must stay until it is safe is told', () => {
    const spreading = { status: 'spreading', missingOwners: 2 } as const;
    expect(words(spreading, {}, true)).toBe(
      'Spreading. 2 more people must have it before it is safe. Keep this page open until then.',
    );
    expect(words(spreading, { owner: { userId: 'ana', username: 'Ana' } })).toContain('Ana must keep Ferry open');
  });

  test.each([
    [{ status: 'spreading', spread: 0.649 }, 'Spreading, 64%'],
    [{ status: 'safe', spread: 1 }, 'Safe'],
    [{ status: 'at-risk', spread: 0.5 }, 'At risk'],
    [{ status: 'unfetchable', spread: 1 }, 'Cannot be fetched now'],
  ] as const)('in the list: %o', (of, text) => expect(say(storeStatusWords(of))).toBe(text));
});

describe('something that this browser stores', () => {
  const words = (change: Partial<StoreUpload>) => uploadWords(upload(change), bytes).map(say).join(' ');

  test.each([
    [
      'on its way',
      { spread: 0.64, ownerCount: 5, missingOwners: 2 },
      '64%, with 5 people so far Keep this page open: 2 more people must have it.',
    ],
    [
      'nobody has it yet',
      { spread: 0.01, ownerCount: 0, missingOwners: 1 },
      '1%, on its way to the first people Keep this page open: 1 more person must have it.',
    ],
    [
      'nobody is there',
      { status: 'waiting-for-people', ownerCount: 0 },
      'Waiting for people who can keep it. It starts by itself when somebody comes online. Keep this page open.',
    ],
    ['safe', { status: 'safe', isSafeToClose: true, ownerCount: 8 }, 'Safe to close. 8 people keep it.'],
    [
      'safe, and topped up still',
      { status: 'spreading', isSafeToClose: true, ownerCount: 1 },
      'Safe to close. 1 person keeps it.',
    ],
    [
      'a delivery that is safe',
      { kind: 'delivery', to: { userId: 'h', username: 'Hugo' }, isSafeToClose: true },
      'You may leave now. Hugo gets it when they come online.',
    ],
    [
      'too much for my share',
      { status: 'failed', problem: { code: 'quota-full', neededBytes: 90e9, freeBytes: 12e9 } },
      'It needs 90 GB, and 12 GB of your share of the Store is free. Delete something of yours first.',
    ],
    [
      'too large',
      { status: 'failed', problem: { code: 'too-large', freeBytes: 42e9 } },
      'It is larger than the Store can take now, which is 42 GB. It can once more colleagues keep pieces.',
    ],
  ] as const)('%s', (_, change, sentences) => expect(words(change)).toBe(sentences));

  const STATUSES: Record<UploadStatus, true> = {
    'waiting-for-people': true,
    spreading: true,
    safe: true,
    paused: true,
    'files-needed': true,
    'files-locked': true,
    failed: true,
  };
  const PROBLEMS: Record<UploadProblemCode, true> = {
    'source-changed': true,
    'files-differ': true,
    'quota-full': true,
    'too-large': true,
    'version-gone': true,
    'code-changed': true,
    'recipient-unknown': true,
    refused: true,
  };
  test.each(Object.keys(STATUSES) as UploadStatus[])('there are words for %s', (status) =>
    expect(words({ status })).not.toBe(''),
  );
  test.each(Object.keys(PROBLEMS) as UploadProblemCode[])('there are words for the problem %s', (code) =>
    expect(words({ status: 'failed', problem: { code } })).toMatch(/\.$/),
  );

  test('turns are spoken, percents are not, and what was there before is no news', () => {
    const spoken = (before: Partial<StoreUpload> | null, now: Partial<StoreUpload>) =>
      uploadAnnouncements(before ? [upload(before)] : [], [upload(now)]).map(say);
    expect(spoken({ spread: 0.1 }, { spread: 0.9 })).toEqual([]);
    expect(spoken(null, { isSafeToClose: true })).toEqual([]);
    expect(spoken({}, { status: 'safe', isSafeToClose: true })).toEqual([
      'render-cache.tar is safe: you may close this page',
    ]);
    expect(spoken({ status: 'waiting-for-people' }, {})).toEqual(['render-cache.tar is spreading']);
    const to = { userId: 'h', username: 'Hugo' };
    expect(spoken({ kind: 'delivery', to }, { kind: 'delivery', to, isSafeToClose: true })).toEqual([
      'render-cache.tar waits for Hugo with colleagues: you may leave now',
    ]);
  });
});

describe('a transfer from the Store', () => {
  const file = { origin: 'store', stored: { versionId: 'v1', kind: 'file' } } as const;
  const left = { origin: 'store', stored: { versionId: 'v1', kind: 'delivery' } } as const;
  const few = { waitsForHolders: { online: 3, needed: 4 } };
  const phase = (change: Partial<TransferSnapshot>) => {
    const phrase = phaseWords(transfer({ ...file, doneBytes: 0, ...change }), false);
    return phrase && say(phrase);
  };

  test.each([
    ['is asked for', { status: 'announced' }, 'Asking the people who keep it'],
    [
      'waits for enough people',
      { status: 'announced', ...few },
      '3 of the 4 pieces needed are online. Starts by itself when there are enough.',
    ],
    [
      'waits again, half done',
      { status: 'stalled', doneBytes: 5, ...few },
      '3 of the 4 pieces needed are online. Goes on by itself when there are enough.',
    ],
    ['moves', { status: 'fetching' }, null],
    [
      'lost its connections',
      { status: 'stalled' },
      'The connections to those who keep it were lost. Ferry is looking for others.',
    ],
    ['is checked', { status: 'finishing' }, 'All pieces are here. Checking them…'],
    ['is done', { status: 'done' }, 'Fetched from the Store, checked'],
    ['was sent by somebody', { ...left, status: 'done' }, 'Received from Grace, checked'],
  ] as const)('%s', (_, change, text) => expect(phase(change)).toBe(text));

  test('between whom it is', () => {
    const between = (change: Partial<TransferSnapshot>) => say(betweenWords(transfer({ ...file, ...change })));
    expect(between({})).toBe('from the Store');
    expect(between({ sources: [source('Ann', { status: 'serving' }), source('Bob', { status: 'serving' })] })).toBe(
      'from Ann and 1 other',
    );
    expect(between({ ...left, sources: [source('Ann', { status: 'serving' })] })).toBe(
      'from Grace, kept by colleagues',
    );
  });

  test('nobody is asked to send again what they did not send', () => {
    const problem = { code: 'no-sources' } as const;
    const words = problemWords(problem, transfer({ ...file, status: 'failed', problem }), {
      bytes,
      canPickFolder: false,
    });
    expect(say(words)).toBe('Too few people who keep it can be reached. Try again when more of them are online.');
  });

  test('that it waits for people is spoken once', () => {
    const before = transfer({ ...file, status: 'announced' });
    const waiting = { ...before, ...few };
    expect(announcementsBetween([before], [waiting]).map(say)).toEqual([
      'report.pdf waits until enough people who keep it are online',
    ]);
    expect(announcementsBetween([waiting], [waiting])).toEqual([]);
  });

  test('a delivery that cannot come now is spoken as the request that it is', () =>
    expect(announcementsBetween([], [transfer({ ...left, status: 'announced', ...few })]).map(say)).toEqual([
      'Grace wants to send 1 file: report.pdf',
    ]));
});

test('where one piece is enough, the map speaks of copies', () => {
  const cells = [{ firstGroup: 0, endGroup: 1, online: 2, kept: 3 }];
  expect(say(cellWords(cells, 0, 1))).toBe('Part 1 of 1: 3 copies kept, 2 online');
  expect(say(cellWords(cells, 0, 2))).toBe('Part 1 of 1: 3 pieces kept, 2 online, any 2 are enough');
});

test('what I left can be taken back as long as it waits', () => {
  const sent = {
    versionId: 'v1',
    to: { userId: 'h', username: 'Hugo' },
    createdAt: 0,
    sizeBytes: 1,
    endedAt: null,
    health: health(),
  };
  const states = ['uploading', 'waiting', 'received', 'declined', 'expired'] as const;
  expect(states.filter((state) => isUnderWay({ state }))).toEqual(['uploading', 'waiting']);
  expect(states.map((state) => say(sentDeliveryWords({ ...sent, state }, 'today 9:00')))).toEqual([
    'On its way to colleagues',
    'Waits for Hugo',
    'Received by Hugo, today 9:00',
    'Declined by Hugo, today 9:00',
    'Its time was over before Hugo came, today 9:00',
  ]);
});
