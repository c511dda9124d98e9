// Why a transfer failed or waits, and what happens next. One sentence or two for every code there is.
import type { Problem, ProblemCode, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { MessageKey } from '../../i18n/message-key.ts';
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
};

/** `bytes` writes an amount of data in the user's language. */
export function problemWords(
  problem: Problem,
  { direction, status, peer, title }: Pick<TransferSnapshot, 'direction' | 'status' | 'peer' | 'title'>,
  bytes: (bytes: number) => string,
): Phrase {
  const key = (direction === 'receive' ? RECEIVING : SENDING)[problem.code];
  const named = { name: peer.username, file: problem.fileName ?? title };
  if (problem.code !== 'store-full' || problem.neededBytes === undefined || direction === 'send') return { key, named };
  const sizes = { needed: bytes(problem.neededBytes), free: bytes(problem.freeBytes ?? 0) };
  const isRequest = status === 'announced';
  return {
    key: isRequest ? 'problem.receive.storeFullBy' : 'problem.receive.storeFullMidway',
    named: { ...named, ...sizes },
  };
}
