// Transfers that never happened and wait: for their turn, for room, for their files, or for being tried again.
import type { PartialBundle, PauseReason, ProblemCode, TransferSnapshot } from '../src/adapters/engine-contract.ts';
import { peer } from './invented-people.ts';
import { receiving, sending, still, transfer } from './invented-transfers.ts';

const TITLES: Record<PauseReason, string> = {
  user: 'render-cache.tar',
  queue: 'dataset.parquet',
  space: 'disk-image.vmdk',
  files: 'Launch film, final cut.mov',
};

function paused(pausedBy: 'me' | 'peer', pauseReason: PauseReason): TransferSnapshot {
  return transfer({
    ...still,
    status: 'paused',
    direction: pauseReason === 'files' && pausedBy === 'me' ? 'send' : 'receive',
    pausedBy,
    pauseReason,
    title: TITLES[pauseReason],
    peer: peer(pausedBy === 'me' ? 'Bruno.Alves' : 'Ana.Petrova'),
    ...(pausedBy === 'me' && pauseReason === 'space' ? { problem: full } : {}),
    ...(pausedBy === 'me' && pauseReason === 'files' ? { problem: { code: 'files-needed' } as const } : {}),
  });
}
const full = { code: 'store-full', neededBytes: 3.4e9, freeBytes: 1.1e9 } as const;
const reasons: PauseReason[] = ['user', 'queue', 'space', 'files'];

export const pausedByMe = reasons.map((reason) => paused('me', reason));
export const pausedByPeer = reasons.map((reason) => paused('peer', reason));

export function needing(code: ProblemCode, change: Partial<TransferSnapshot> = {}): TransferSnapshot {
  return transfer({
    ...still,
    direction: code === 'folder-locked' ? 'receive' : 'send',
    status: 'paused',
    pausedBy: 'me',
    pauseReason: 'files',
    route: 'direct',
    title: 'Launch film, final cut.mov',
    peer: peer('Grace.Okafor'),
    problem: { code },
    ...change,
  });
}

export const queued: TransferSnapshot[] = [
  receiving,
  sending,
  ...['budget.xlsx', 'Q3 board pack, second draft', 'photos'].map((title, index) =>
    transfer({
      ...still,
      status: 'paused',
      pausedBy: 'me',
      pauseReason: 'queue',
      route: 'lan',
      title,
      doneBytes: 0,
      pieces: new Array(80).fill(0),
      fileCount: index + 1,
      peer: peer('Elif.Demir'),
    }),
  ),
];

export const failures: TransferSnapshot[] = (
  [
    ['archive.tar.zst', 'store-failed', 'receive'],
    ['site-survey-4k.mov', 'chunk-corrupt', 'receive'],
    ['Press photos', 'source-changed', 'send'],
  ] as const
).map(([title, code, direction]) =>
  transfer({
    ...still,
    status: 'failed',
    title,
    direction,
    problem: { code, fileName: 'cover.psd' },
    canRetry: code !== 'source-changed',
    peer: peer('Chen.Wei'),
  }),
);

export const partials: PartialBundle[] = [
  partial('Footage 2026', 'Dara.Nguyen', { heldBytes: 3.9e9, totalBytes: 4.4e9, hasFailed: false }),
  partial('archive.tar.zst', 'Chen.Wei', { heldBytes: 620e6, totalBytes: 1.4e9, hasFailed: true }),
  partial('all-hands-recording-with-a-very-long-name-that-must-not-break-the-row.mp4', '李伟', {
    heldBytes: 48e6,
    totalBytes: 5.1e9,
    hasFailed: true,
  }),
];

function partial(
  title: string,
  username: string,
  sizes: Pick<PartialBundle, 'heldBytes' | 'totalBytes' | 'hasFailed'>,
): PartialBundle {
  return { transferId: title, peer: peer(username), title, createdAt: Date.now() - 9e7, ...sizes };
}
