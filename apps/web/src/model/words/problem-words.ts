// Why a transfer failed or waits, and what happens next. One sentence or two for every code there is.
import type { Problem, ProblemCode, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';
import { sourceKind } from '../transfer/source-kind.ts';
import { CATALOG_PROBLEMS } from './catalog-problem-words.ts';
import type { Phrase } from './phrase.ts';
import { STORE_PROBLEMS } from './store-transfer-words.ts';

type NoPathProblem = Extract<ProblemCode, 'unreachable' | 'relay-missing' | 'relay-failed' | 'candidates-missing'>;

/** Trying goes on by itself while it is stalled; what failed must be tried again. */
const NO_PATH: Record<NoPathProblem, { stalled: TransferKey; failed: TransferKey }> = {
  unreachable: { stalled: 'problem.noPath.unreachable.stalled', failed: 'problem.noPath.unreachable.failed' },
  'relay-missing': { stalled: 'problem.noPath.relayMissing.stalled', failed: 'problem.noPath.relayMissing.failed' },
  'relay-failed': { stalled: 'problem.noPath.relayFailed.stalled', failed: 'problem.noPath.relayFailed.failed' },
  'candidates-missing': {
    stalled: 'problem.noPath.candidatesMissing.stalled',
    failed: 'problem.noPath.candidatesMissing.failed',
  },
};

const RECEIVING: Record<Exclude<ProblemCode, NoPathProblem>, TransferKey> = {
  'source-changed': 'problem.receive.sourceChanged',
  'store-full': 'problem.receive.storeFull',
  'store-failed': 'problem.receive.storeFailed',
  'no-sources': 'problem.receive.noSources',
  'chunk-corrupt': 'problem.receive.chunkCorrupt',
  'manifest-invalid': 'problem.receive.manifestInvalid',
  'version-unsupported': 'problem.versionUnsupported',
  protocol: 'problem.receive.protocol',
  'files-locked': 'phase.filesWantedBy',
  'files-needed': 'phase.filesWantedBy',
  'files-differ': 'phase.filesWantedBy',
  'folder-locked': 'problem.receive.folderLocked',
  'not-shared': 'problem.receive.notShared',
  'files-changed': 'problem.receive.filesChanged',
  'owner-unreadable': 'problem.receive.ownerUnreadable',
  'version-gone': 'problem.receive.versionGone',
  'key-missing': 'problem.receive.keyMissing',
};

const SENDING: Record<Exclude<ProblemCode, NoPathProblem>, TransferKey> = {
  'source-changed': 'problem.send.sourceChanged',
  'store-full': 'problem.send.storeFull',
  'store-failed': 'problem.send.storeFailed',
  'no-sources': 'problem.send.noSources',
  'chunk-corrupt': 'problem.send.chunkCorrupt',
  'manifest-invalid': 'problem.send.manifestInvalid',
  'version-unsupported': 'problem.versionUnsupported',
  protocol: 'problem.send.protocol',
  'files-locked': 'problem.send.filesLocked',
  'files-needed': 'problem.send.filesNeeded.file',
  'files-differ': 'problem.send.filesDiffer',
  'folder-locked': 'problem.send.folderLocked',
  'not-shared': 'problem.send.notShared',
  'files-changed': 'problem.send.sourceChanged',
  'owner-unreadable': 'problem.send.filesLocked',
  'version-gone': 'problem.send.notShared',
  'key-missing': 'problem.send.notShared',
};

interface ProblemContext {
  /** Writes an amount of data in the user's language. */
  bytes: (bytes: number) => string;
  canPickFolder: boolean;
}

export function problemWords(
  problem: Problem,
  transfer: TransferSnapshot,
  context: ProblemContext,
): Phrase<TransferKey> {
  const { direction, peer, title, status } = transfer;
  const named = { name: peer.username, file: problem.fileName ?? title };
  if (isNoPath(problem.code)) {
    return { key: NO_PATH[problem.code][status === 'failed' ? 'failed' : 'stalled'], named };
  }
  if (direction === 'receive' && problem.code === 'store-full') return fullWords(problem, transfer, context);
  const ofOrigin = originProblem(problem.code, transfer);
  if (ofOrigin) return { key: ofOrigin, named };
  if (direction === 'send' && problem.code === 'files-needed') return filesNeededWords(transfer);
  return { key: (direction === 'receive' ? RECEIVING : SENDING)[problem.code], named };
}

function originProblem(code: ProblemCode, { origin, direction }: TransferSnapshot): TransferKey | undefined {
  if (origin === 'direct') return undefined;
  return origin === 'store' ? STORE_PROBLEMS[code] : CATALOG_PROBLEMS[direction][code];
}

function isNoPath(code: ProblemCode): code is NoPathProblem {
  return code in NO_PATH;
}

/** Of several files or a folder no single one can be named. */
export function filesNeededWords(
  transfer: Pick<TransferSnapshot, 'title' | 'itemCount' | 'fileCount'>,
): Phrase<TransferKey> {
  return { key: `problem.send.filesNeeded.${sourceKind(transfer)}`, named: { file: transfer.title } };
}

function fullWords(
  { neededBytes, freeBytes = 0 }: Problem,
  { status }: TransferSnapshot,
  { bytes, canPickFolder }: ProblemContext,
): Phrase<TransferKey> {
  if (neededBytes === undefined) return { key: 'problem.receive.storeFull' };
  const named = { needed: bytes(neededBytes), free: bytes(freeBytes) };
  if (status === 'announced')
    return { key: canPickFolder ? 'problem.receive.storeFullByOrFolder' : 'problem.receive.storeFullBy', named };
  return { key: canPickFolder ? 'problem.receive.storeFullMidwayOrFolder' : 'problem.receive.storeFullMidway', named };
}
