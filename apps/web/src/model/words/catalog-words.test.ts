// A transfer of the catalog is asked for, queues, and waits for its owner, in words of its own; nobody accepts it.
import { describe, expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import type { ProblemCode, SourceSnapshot, TransferSnapshot } from '../../adapters/engine-contract.ts';
import en from '../../i18n/locales/en.ts';
import transferEn from '../../i18n/locales/en-transfer.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';
import { source } from '../transfer/source-fixture.ts';
import { TRANSFER_STATUSES, transfer } from '../transfer/transfer-fixture.ts';
import { betweenWords } from './between-words.ts';
import type { Phrase } from './phrase.ts';
import { problemWords } from './problem-words.ts';
import { phaseWords } from './transfer-words.ts';

const { global } = createI18n({
  legacy: false,
  locale: 'en',
  messages: { en: { ...en, ...transferEn } },
  missingWarn: false,
});

function say({ key, named = {}, count }: Phrase<TransferKey>): string {
  const text = count === undefined ? global.t(key, named) : global.t(key, { count, ...named }, count);
  expect(text).not.toBe(key);
  expect(text).not.toMatch(/[{}|]/);
  return text;
}

const ann = { userId: 'user-Ann', username: 'Ann' };
const owner = (change: Partial<SourceSnapshot> = {}) => source('Ann', { isOwner: true, movedBytes: 0, ...change });
const place = (position: number) => ({ status: 'queued', place: { position, waiting: 5, slots: 3 } }) as const;
const fetched = (change: Partial<TransferSnapshot>) =>
  transfer({ origin: 'catalog', peer: ann, doneBytes: 0, ...change });
const served = (change: Partial<TransferSnapshot>) => fetched({ direction: 'send', ...change });
const phase = (about: TransferSnapshot, isOnline = true) => {
  const phrase = phaseWords(about, isOnline);
  return phrase && say(phrase);
};

describe('what I fetch', () => {
  test.each([
    ['nobody answered yet', { status: 'announced' }, true, 'Asking Ann'],
    ['it is being asked', { status: 'announced', sources: [owner({ status: 'asking' })] }, true, 'Asking Ann'],
    [
      'a copy is asked while its owner is away',
      {
        status: 'announced',
        sources: [
          owner({ status: 'unreachable', isOnline: false }),
          source('Bob', { status: 'asking', movedBytes: 0 }),
        ],
      },
      false,
      'Asking Bob',
    ],
    [
      'others come first',
      { status: 'announced', sources: [owner(place(3))] },
      true,
      'Place 3 in Ann’s queue. Starts by itself.',
    ],
    [
      'of two queues the shorter one',
      { status: 'fetching', sources: [owner(place(3)), source('Bob', place(2))] },
      true,
      'Place 2 in Bob’s queue. Starts by itself.',
    ],
    ['its owner is away', { status: 'announced' }, false, 'Ann is offline. Starts by itself when Ann is back.'],
    [
      'the engine says that nobody is there',
      { status: 'stalled', waitsForOwner: true },
      false,
      'Ann is offline. Starts by itself when Ann is back.',
    ],
    [
      'its owner left in the middle',
      { status: 'stalled', waitsForOwner: true, doneBytes: 1 },
      false,
      'Ann is offline. Goes on by itself when Ann is back.',
    ],
    ['its owner left, and nobody says so', { status: 'stalled', doneBytes: 1 }, false, /^Ann is offline\. Goes on/],
    [
      'none of several is there',
      {
        status: 'announced',
        waitsForOwner: true,
        sources: [
          owner({ status: 'unreachable', isOnline: false }),
          source('Bob', { isOnline: false, status: 'paused' }),
        ],
      },
      false,
      'Nobody who has it is online. Starts by itself when somebody is.',
    ],
    ['a path is lost', { status: 'stalled' }, true, /^The connection to Ann was lost/],
    ['it moves', { status: 'fetching', sources: [owner({ status: 'serving' })] }, true, null],
    ['one of two serves', { status: 'fetching', sources: [owner(place(3)), source('Bob')] }, true, null],
    ['it moves and nobody says from whom', { status: 'fetching' }, true, null],
    [
      'its owner serves nobody',
      { status: 'paused', pausedBy: 'peer' },
      true,
      'Paused by Ann. Goes on by itself when Ann resumes.',
    ],
    [
      'a colleague paused it while its owner is away',
      {
        status: 'paused',
        pausedBy: 'peer',
        sources: [owner({ status: 'unreachable', isOnline: false }), source('Bob', { status: 'paused' })],
      },
      false,
      'Paused by Bob. Goes on by itself when Bob resumes.',
    ],
    [
      'others come first, and nobody has said how many',
      { status: 'paused', pausedBy: 'peer', pauseReason: 'queue', sources: [owner({ status: 'queued' })] },
      true,
      /^Ann has other transfers first\. It starts by itself/,
    ],
    [
      'too many wait already',
      { status: 'announced', sources: [owner({ status: 'refused', refusal: 'queue-full' })] },
      true,
      /^Too many people wait for Ann now\. Ferry asks again by itself/,
    ],
    [
      'leave has expired',
      { status: 'stalled', sources: [owner({ status: 'refused', refusal: 'expired' })] },
      true,
      /^Ann could not check your leave to fetch it\. Ferry asks again by itself/,
    ],
    [
      'a browser that has it cannot open it',
      {
        status: 'announced',
        sources: [
          owner({ status: 'unreachable', isOnline: false }),
          source('Bob', { status: 'refused', refusal: 'unreadable' }),
        ],
      },
      false,
      'Bob’s browser cannot open the files now. Ferry asks again by itself.',
    ],
    [
      'its owner does not share it any more, and others may have it',
      {
        status: 'stalled',
        sources: [owner({ status: 'refused', refusal: 'not-found' }), source('Bob', { status: 'unreachable' })],
      },
      true,
      /^Ann does not share it any more\. Goes on by itself when a colleague who has it is online/,
    ],
    [
      'one refused and another one is asked',
      {
        status: 'announced',
        sources: [owner({ status: 'refused', refusal: 'queue-full' }), source('Bob', { status: 'asking' })],
      },
      true,
      'Asking Bob',
    ],
    [
      'paused for others',
      { status: 'paused', pausedBy: 'peer', pauseReason: 'queue', sources: [owner(place(1))] },
      true,
      /^Place 1 in Ann’s queue/,
    ],
    ['its files are shut', { status: 'paused', pausedBy: 'peer', pauseReason: 'files' }, true, /asks again by itself/],
    ['I paused it', { status: 'paused', pausedBy: 'me' }, true, /^Paused\./],
    [
      'it came from its owner',
      { status: 'done', sources: [owner({ movedBytes: 9 })] },
      true,
      'Received from Ann, checked',
    ],
    [
      'a colleague gave all of it',
      { status: 'done', sources: [owner(), source('Bob')] },
      true,
      'Received from Bob, checked',
    ],
    [
      'it came from two, one of them the more',
      { status: 'done', sources: [owner({ movedBytes: 9 }), source('Bob'), source('Cleo', { movedBytes: 0 })] },
      true,
      'Received from Bob and 1 other, checked',
    ],
    [
      'it came from three, one of them before a reload',
      {
        status: 'done',
        sources: [owner({ movedBytes: 9 }), source('Bob')],
        givers: [ann, { userId: 'user-Cleo', username: 'Cleo' }],
      },
      true,
      'Received from Bob and 2 others, checked',
    ],
    [
      'all of it came before a reload',
      { status: 'done', givers: [{ userId: 'user-Bob', username: 'Bob' }] },
      true,
      'Received from Bob, checked',
    ],
  ] as const)('%s', (_when, change, isOnline, text) => {
    const said = phase(fetched(change as Partial<TransferSnapshot>), isOnline);
    if (typeof text === 'string' || text === null) expect(said).toBe(text);
    else expect(said).toMatch(text);
  });

  test.each([
    [[], 'from Ann'],
    [[owner()], 'from Ann'],
    [[owner({ status: 'queued' }), source('Bob')], 'from Bob'],
    [[owner(), source('Bob'), source('Cleo')], 'from Ann and 2 others'],
    [[owner({ status: 'unreachable' }), source('Bob', { status: 'unreachable' })], 'from Bob'],
    [[owner(), source('Ann', { deviceId: 'her phone' })], 'from Ann'],
  ])('from whom, case %#', (sources, text) => {
    expect(say(betweenWords(fetched({ status: 'fetching', sources })))).toBe(text);
  });
});

describe('what I serve', () => {
  test.each([
    [{ status: 'announced' }, true, 'Ann waits for a free place. Starts by itself.'],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'queue' }, true, 'Ann waits for a free place. Starts by itself.'],
    [{ status: 'paused', pausedBy: 'me' }, true, 'Paused. Ann waits: resume when you like.'],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'files' }, true, /^Your browser cannot open it now/],
    [{ status: 'paused', pausedBy: 'peer' }, true, /^Paused by Ann/],
    [{ status: 'serving' }, true, null],
    [{ status: 'stalled' }, false, 'Ann is offline. Goes on by itself when Ann is back.'],
    [{ status: 'stalled' }, true, /^The connection to Ann was lost/],
    [{ status: 'done' }, true, 'Fetched by Ann, checked'],
  ] as const)('%j, online %s', (change, isOnline, text) => {
    const said = phase(served(change), isOnline);
    if (typeof text === 'string' || text === null) expect(said).toBe(text);
    else expect(said).toMatch(text);
  });

  test('says who is fetching, and for whom it is otherwise', () => {
    expect(say(betweenWords(served({ status: 'serving' })))).toBe('Ann is fetching');
    expect(say(betweenWords(served({ status: 'announced' })))).toBe('for Ann');
  });
});

test.each(TRANSFER_STATUSES)('%s reads well, whoever is online', (status) => {
  for (const about of [fetched({ status }), served({ status })])
    for (const isOnline of [true, false]) expect(phase(about, isOnline) ?? '').not.toMatch(/accept|send it again/i);
});

describe('problems', () => {
  const context = { bytes: String, canPickFolder: false };
  const codes: ProblemCode[] = [
    'source-changed',
    'no-sources',
    'chunk-corrupt',
    'manifest-invalid',
    'files-locked',
    'files-needed',
    'files-differ',
    'not-shared',
    'files-changed',
    'owner-unreadable',
  ];
  test.each(codes)('%s does not speak of sending', (code) => {
    for (const about of [fetched({}), served({})])
      expect(say(problemWords({ code }, about, context))).not.toMatch(/\bsend|\bsent/i);
  });
  test.each([
    ['not-shared', '“report.pdf” is not in the catalog any more. Search for another copy, or ask Ann.'],
    ['files-changed', '“a.txt” changed at Ann’s since you began. Fetch it as it is now, or go on without it.'],
    ['owner-unreadable', 'Ann’s browser cannot open the files now. Ferry asks again by itself.'],
  ] as const)('%s', (code, text) => {
    const problem = code === 'files-changed' ? { code, fileName: 'a.txt' } : { code };
    expect(say(problemWords(problem, fetched({}), context))).toBe(text);
  });
});
