// Why a transfer failed or waits, and what happens next. One sentence or two for every code there is.
import type { Problem, ProblemCode, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { MessageKey } from '../../i18n/message-key.ts';
import { sourceKind } from '../transfer/source-kind.ts';
import type { Phrase } from './phrase.ts';

const RECEIVING: Record<ProblemCode, MessageKey> = {
  'source-changed': 'problem.receive.sourceChanged',
  'store-full': 'problem.receive.storeFull',
  'store-failed': 'problem.receive.storeFailed',
  'no-sources': 'problem.receive.noSources',
  'chunk-corrupt': 'problem.receive.chunkCorrupt',
  'manifest-invalid': 'problem.receive.manifestInvalid',
  'version-unsupported': 'problem.versionUnsupported',
  protocol: 'problem.receive.protocol',
  unreachable: 'problem.unreachable',
  'files-locked': 'phase.filesWantedBy',
  'files-needed': 'phase.filesWantedBy',
  'files-differ': 'phase.filesWantedBy',
  'folder-locked': 'problem.receive.folderLocked',
};

const SENDING: Record<ProblemCode, MessageKey> = {
  'source-changed': 'problem.send.sourceChanged',
  'store-full': 'problem.send.storeFull',
  'store-failed': 'problem.send.storeFailed',
  'no-sources': 'problem.send.noSources',
  'chunk-corrupt': 'problem.send.chunkCorrupt',
  'manifest-invalid': 'problem.send.manifestInvalid',
  'version-unsupported': 'problem.versionUnsupported',
  protocol: 'problem.send.protocol',
  unreachable: 'problem.unreachable',
  'files-locked': 'problem.send.filesLocked',
  'files-needed': 'problem.send.filesNeeded.file',
  'files-differ': 'problem.send.filesDiffer',
  'folder-locked': 'problem.send.folderLocked',
};

interface ProblemContext {
  /** Writes an amount of data in the user's language. */
  bytes: (bytes: number) => string;
  canPickFolder: boolean;
}

export function problemWords(problem: Problem, transfer: TransferSnapshot, context: ProblemContext): Phrase {
  const { direction, peer, title } = transfer;
  const named = { name: peer.username, file: problem.fileName ?? title };
  if (direction === 'receive' && problem.code === 'store-full') return fullWords(problem, transfer, context);
  if (direction === 'send' && problem.code === 'files-needed') return filesNeededWords(transfer);
  return { key: (direction === 'receive' ? RECEIVING : SENDING)[problem.code], named };
}

/** Of several files or a folder no single one can be named. */
export function filesNeededWords(transfer: Pick<TransferSnapshot, 'title' | 'itemCount' | 'fileCount'>): Phrase {
  return { key: `problem.send.filesNeeded.${sourceKind(transfer)}`, named: { file: transfer.title } };
}

function fullWords(
  { neededBytes, freeBytes = 0 }: Problem,
  { status }: TransferSnapshot,
  { bytes, canPickFolder }: ProblemContext,
): Phrase {
  if (neededBytes === undefined) return { key: 'problem.receive.storeFull' };
  const named = { needed: bytes(neededBytes), free: bytes(freeBytes) };
  if (status === 'announced')
    return { key: canPickFolder ? 'problem.receive.storeFullByOrFolder' : 'problem.receive.storeFullBy', named };
  return { key: canPickFolder ? 'problem.receive.storeFullMidwayOrFolder' : 'problem.receive.storeFullMidway', named };
}
