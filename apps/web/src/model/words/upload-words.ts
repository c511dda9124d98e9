// Where something stands that this browser stores or delivers: how far it has spread, whether the page may be closed, and
// what is wrong.
import type { StoreUpload, UploadProblem, UploadProblemCode } from '../../adapters/store-contract.ts';
import type { StoreKey } from '../../i18n/store-words.ts';
import { spreadPercent } from '../store/spread.ts';
import type { Phrase } from './phrase.ts';

type Words = Phrase<StoreKey>[];

/** One sentence or two. */
export function uploadWords(upload: StoreUpload, bytes: (bytes: number) => string): Words {
  const { problem, title, status } = upload;
  if (problem && status !== 'safe') return [uploadProblemWords(problem, upload, bytes)];
  if (upload.isSafeToClose) return [safeWords(upload)];
  switch (status) {
    case 'waiting-for-people':
      return [{ key: 'upload.waiting' }, { key: 'upload.keepOpen' }];
    case 'spreading':
    case 'safe':
      return [spreadingWords(upload), keepOpenWords(upload)];
    case 'paused':
      return [{ key: 'upload.paused' }];
    case 'files-needed':
      return [{ key: 'upload.filesNeeded', named: { file: title } }];
    case 'files-locked':
      return [{ key: 'upload.filesLocked' }];
    case 'failed':
      return [{ key: 'upload.problem.refused' }];
  }
}

function safeWords({ kind, to, ownerCount }: StoreUpload): Phrase<StoreKey> {
  return kind === 'delivery'
    ? { key: 'delivery.mayLeave', named: { name: to?.username ?? '' } }
    : { key: 'upload.safe', count: ownerCount };
}

function spreadingWords({ ownerCount, spread }: StoreUpload): Phrase<StoreKey> {
  const named = { percent: spreadPercent(spread) };
  return ownerCount === 0
    ? { key: 'upload.spreadingNobody', named }
    : { key: 'upload.spreading', named, count: ownerCount };
}

function keepOpenWords({ missingOwners }: StoreUpload): Phrase<StoreKey> {
  return missingOwners > 0 ? { key: 'upload.keepOpenMissing', count: missingOwners } : { key: 'upload.keepOpen' };
}

const PROBLEMS: Record<UploadProblemCode, StoreKey> = {
  'source-changed': 'upload.problem.sourceChanged',
  'files-differ': 'upload.problem.filesDiffer',
  'quota-full': 'upload.problem.quotaFull',
  'too-large': 'upload.problem.tooLarge',
  'version-gone': 'upload.problem.versionGone',
  'code-changed': 'upload.problem.codeChanged',
  'recipient-unknown': 'upload.problem.recipientUnknown',
  refused: 'upload.problem.refused',
};

function uploadProblemWords(
  { code, fileName, neededBytes, freeBytes }: UploadProblem,
  { title, to }: StoreUpload,
  bytes: (bytes: number) => string,
): Phrase<StoreKey> {
  if (code === 'quota-full' && (neededBytes === undefined || freeBytes === undefined))
    return { key: 'upload.problem.quotaFullPlain' };
  if (code === 'too-large' && freeBytes === undefined) return { key: 'upload.problem.tooLargePlain' };
  const named = {
    file: fileName ?? title,
    name: to?.username ?? '',
    needed: bytes(neededBytes ?? 0),
    free: bytes(freeBytes ?? 0),
  };
  return { key: PROBLEMS[code], named };
}
