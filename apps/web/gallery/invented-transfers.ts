// Transfers that never happened, in every state.
import type { EntrySnapshot, ReceivedBundle, TransferSnapshot } from '../src/adapters/engine-contract.ts';
import { transfer as sample } from '../src/model/transfer/transfer-fixture.ts';
import { peer } from './invented-people.ts';

const cells = (full: number, extra: Record<number, number> = {}) =>
  Array.from({ length: 80 }, (_, index) => extra[index] ?? (index < full ? 3 : 0));
let made = 0;
export function transfer(change: Partial<TransferSnapshot>): TransferSnapshot {
  made++;
  return sample({ transferId: `t${made}`, createdAt: Date.now() - made * 1000, order: made, ...change });
}
const connection = {
  localCandidate: 'host',
  remoteCandidate: 'prflx',
  protocol: 'udp',
  roundTripMs: 0.8,
  localAddress: '192.168.1.23:51820',
  remoteAddress: null,
  relayReason: null,
};

export const request = transfer({
  peer: peer('Chen.Wei'),
  title: 'Invoices 2026',
  fileCount: 12,
  totalBytes: 3.4e9,
  doneBytes: 0,
  bytesPerSecond: 0,
  secondsLeft: null,
  status: 'announced',
  route: 'direct',
  pieces: cells(0),
});
export const secondRequest = transfer({
  ...request,
  transferId: 'second',
  peer: peer('Elif.Demir'),
  title: 'Onboarding handbook.pdf',
  fileCount: 1,
  totalBytes: 2.1e6,
});
export const requestWithoutRoom = transfer({
  ...request,
  transferId: 'no-room',
  problem: { code: 'store-full', neededBytes: 3.4e9, freeBytes: 1.1e9 },
});

export const receiving = transfer({
  peer: peer('Dara.Nguyen'),
  title: 'site-survey-4k.mov',
  doneBytes: 3.9e9,
  totalBytes: 4.4e9,
  secondsLeft: 12,
  pieces: cells(69, { 69: 1, 75: 3 }),
  connection,
});
export const sending = transfer({
  direction: 'send',
  status: 'serving',
  peer: peer('Grace.Okafor'),
  title: 'Q3 board pack',
  fileCount: 14,
  doneBytes: 880e6,
  totalBytes: 1.4e9,
  bytesPerSecond: 18.6e6,
  secondsLeft: 41,
  pieces: cells(48, { 48: 2, 49: 2, 50: 1, 51: 2, 52: 3, 54: 3, 75: 3 }),
  connection,
});
export const stalledSend = transfer({
  direction: 'send',
  status: 'stalled',
  route: 'offline',
  peer: peer('Hugo.Laurent'),
  title: 'install-media.iso',
  doneBytes: 1.6e9,
  totalBytes: 5.1e9,
  bytesPerSecond: 0,
  secondsLeft: null,
  pieces: cells(25, { 27: 3, 33: 3, 46: 1, 51: 3, 54: 3, 56: 3, 57: 3, 64: 3, 74: 3 }),
});
export const received = transfer({
  status: 'done',
  peer: peer('Elif.Demir'),
  title: 'Onboarding handbook.pdf',
  doneBytes: 4.4e9,
  bytesPerSecond: 0,
  secondsLeft: null,
  pieces: cells(80),
});

export const still = { bytesPerSecond: 0, secondsLeft: null };
export const everyState: TransferSnapshot[] = [
  request,
  requestWithoutRoom,
  transfer({
    ...still,
    direction: 'send',
    status: 'announced',
    title: 'contract-draft.docx',
    doneBytes: 0,
    pieces: [0],
    peer: peer('Femi.Adeyemi'),
    route: 'lan',
  }),
  transfer({
    ...still,
    direction: 'send',
    status: 'announced',
    title: 'press-kit.zip',
    doneBytes: 0,
    pieces: cells(0),
    peer: peer('Hugo.Laurent'),
    route: 'offline',
  }),
  receiving,
  { ...sending, route: 'relayed' },
  transfer({
    ...still,
    title: 'just accepted.bin',
    doneBytes: 0,
    pieces: cells(0),
    route: 'direct',
    peer: peer('Ana.Petrova'),
  }),
  transfer({
    ...still,
    status: 'paused',
    pausedBy: 'me',
    title: 'render-cache.tar',
    route: 'direct',
    peer: peer('Bruno.Alves'),
  }),
  transfer({
    ...still,
    status: 'paused',
    pausedBy: 'peer',
    title: 'all-hands-recording-with-a-very-long-name-that-must-not-break-the-row.mp4',
    peer: peer('Ana.Petrova'),
  }),
  transfer({
    ...still,
    status: 'paused',
    pausedBy: 'me',
    title: 'disk-image.vmdk',
    peer: peer('Bruno.Alves'),
    pauseReason: 'space',
    problem: { code: 'store-full', neededBytes: 3.4e9, freeBytes: 1.1e9 },
  }),
  stalledSend,
  transfer({ ...still, status: 'stalled', route: 'offline', title: 'dataset.parquet', peer: peer('Grace.Okafor') }),
  transfer({ ...still, status: 'finishing', doneBytes: 4.4e9, title: 'photos', fileCount: 48, pieces: cells(80) }),
  received,
  transfer({ ...still, direction: 'send', status: 'done', title: 'budget.xlsx', pieces: [3, 3, 3] }),
  transfer({
    ...still,
    direction: 'send',
    status: 'declined',
    title: 'holiday.mov',
    doneBytes: 0,
    pieces: cells(0),
    canRetry: true,
  }),
  transfer({ ...still, status: 'cancelled', cancelledBy: 'peer', title: 'wrong-file.zip' }),
  transfer({
    ...still,
    direction: 'send',
    status: 'failed',
    title: 'Press photos',
    fileCount: 48,
    problem: { code: 'source-changed', fileName: 'cover.psd' },
  }),
  transfer({ ...still, status: 'failed', title: 'archive.tar.zst', canRetry: true, problem: { code: 'store-failed' } }),
];

export const bundles: ReceivedBundle[] = [
  {
    transferId: 'r1',
    peer: peer('Elif.Demir'),
    title: 'Onboarding handbook.pdf',
    receivedAt: Date.now() - 400_000,
    fileCount: 1,
    sizeBytes: 2.1e6,
  },
  {
    transferId: 'r2',
    peer: peer('Grace.Okafor'),
    title: 'Press photos',
    receivedAt: Date.now() - 90_000_000,
    fileCount: 4,
    sizeBytes: 284e6,
  },
  {
    transferId: 'r3',
    peer: peer('Bruno.Alves'),
    title: 'render',
    receivedAt: Date.now() - 900_000_000,
    fileCount: 1000,
    sizeBytes: 9.4e9,
  },
];
function entry(index: number, path: string, sizeBytes: number): EntrySnapshot {
  return { index, path: path.split('/'), sizeBytes, mediaType: '', modifiedMs: 0, verified: true };
}
export const bundleEntries: Record<string, EntrySnapshot[]> = {
  r1: [entry(0, 'Onboarding handbook.pdf', 2.1e6)],
  r2: [
    entry(0, 'Press photos/cover.psd', 201e6),
    entry(1, 'Press photos/raw/team-01.jpg', 4.2e6),
    entry(2, 'Press photos/raw/team-02.jpg', 5.1e6),
    entry(3, 'Press photos/credits.txt', 812),
  ],
  r3: Array.from({ length: 1000 }, (_, index) => entry(index, `render/frames/frame-${index}.exr`, 9.4e6)),
  [request.transferId]: Array.from({ length: 12 }, (_, index) =>
    entry(index, `Invoices 2026/invoice-${index + 1}.pdf`, 283e6),
  ),
};
