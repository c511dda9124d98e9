// Where a transfer of the catalog has other words for a problem: nobody sent it, so nobody can send it again.
import type { ProblemCode, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';

export const CATALOG_PROBLEMS: Record<TransferSnapshot['direction'], Partial<Record<ProblemCode, TransferKey>>> = {
  receive: {
    'source-changed': 'problem.fetch.sourceChanged',
    'no-sources': 'problem.fetch.noSources',
    'chunk-corrupt': 'problem.fetch.chunkCorrupt',
    'manifest-invalid': 'problem.fetch.manifestInvalid',
    'files-locked': 'problem.receive.ownerUnreadable',
    'files-needed': 'problem.receive.ownerUnreadable',
    'files-differ': 'problem.receive.ownerUnreadable',
  },
  send: {
    'source-changed': 'problem.serve.sourceChanged',
    'files-changed': 'problem.serve.sourceChanged',
    'no-sources': 'problem.send.notShared',
    'chunk-corrupt': 'problem.serve.chunkCorrupt',
    'files-locked': 'problem.serve.filesLocked',
    'files-needed': 'problem.serve.filesLocked',
    'files-differ': 'problem.serve.filesLocked',
    'owner-unreadable': 'problem.serve.filesLocked',
  },
};
