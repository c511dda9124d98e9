import type { UploadState } from '@ferry/shared';
import { expect, test } from 'vitest';
import type { UploadRecord } from './store-database.ts';
import { type UploadShown, uploadSnapshot } from './upload-snapshot.ts';

const RECORD = {
  ...{ versionId: 'v', title: 'plan.pdf', itemCount: 1, fileCount: 1, sizeBytes: 1000, createdAt: 1 },
  ...{ kind: 'file', to: null, expiresAt: null, handles: [], isBegun: true, code: null, isPaused: false },
  ...{ safeAt: null, failure: null },
} as unknown as UploadRecord;

const STATE: UploadState = {
  ...{
    versionId: 'v',
    code: { k: 2, n: 4 },
    groupCount: 1,
    taggedGroups: [],
    isSafe: false,
    isGone: false,
    isUnknown: false,
  },
  ...{ spread: 0, ownerCount: 1, missingOwners: 2 },
};

function shown({
  record = {},
  state = {},
  ...rest
}: Partial<Omit<UploadShown, 'record' | 'state'>> & {
  record?: Partial<UploadRecord>;
  state?: Partial<UploadState> | undefined;
} = {}) {
  return uploadSnapshot({
    ...{ record: { ...RECORD, ...record }, state: { ...STATE, ...state } },
    ...{ filesMissing: undefined, servedBytes: 0, bytesPerSecond: 0, ...rest },
  });
}

test.each<[string, Parameters<typeof shown>[0], string]>([
  ['on its way', {}, 'spreading'],
  ['without anybody to keep it', { state: { code: null } }, 'waiting-for-people'],
  ['paused', { record: { isPaused: true } }, 'paused'],
  ['safe', { record: { safeAt: 1 } }, 'safe'],
  ['safe, though its files are gone', { record: { safeAt: 1 }, filesMissing: { status: 'files-needed' } }, 'safe'],
  ['whose file must be asked for', { filesMissing: { status: 'files-locked' } }, 'files-locked'],
  ['that has ended', { record: { failure: { code: 'refused' } } }, 'failed'],
  ['that was safe before its file changed', { record: { safeAt: 1, failure: { code: 'source-changed' } } }, 'safe'],
])('one %s is shown as such', (_, upload, status) => {
  expect(shown(upload).status).toBe(status);
});

test('what is on its way shows before the server counts it, and is never all', () => {
  expect(shown({ servedBytes: 500 }).spread).toBe(0.25);
  expect(shown({ servedBytes: 500, state: { spread: 0.5 } }).spread).toBe(0.5);
  expect(shown({ servedBytes: 90_000 }).spread).toBe(0.95);
  expect(shown({ servedBytes: 1000, bytesPerSecond: 100 }).secondsLeft).toBe(10);
});

test('what is safe lacks nobody and takes no more time', () => {
  expect(shown({ record: { safeAt: 1 }, bytesPerSecond: 100 })).toMatchObject({
    ...{ spread: 1, missingOwners: 0, isSafeToClose: true, bytesPerSecond: 0, secondsLeft: null },
  });
});

test('what is missing of the files is said, and what ended it before that', () => {
  const filesMissing = { status: 'files-needed', problem: { code: 'files-differ', fileName: 'a' } } as const;
  expect(shown({ filesMissing }).problem).toEqual({ code: 'files-differ', fileName: 'a' });
  expect(shown({ filesMissing, record: { failure: { code: 'refused' } } }).problem).toEqual({ code: 'refused' });
});
