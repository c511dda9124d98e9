// Transfers of the catalog that never happened: fetched from colleagues, and fetched by them.
import type { TransferSnapshot } from '../src/adapters/engine-contract.ts';
import { source } from '../src/model/transfer/source-fixture.ts';
import { peer } from './invented-people.ts';
import { still, transfer } from './invented-transfers.ts';

const nothing = { ...still, doneBytes: 0, pieces: new Array(80).fill(0), route: 'lan' as const };
const fetched = (change: Partial<TransferSnapshot>) =>
  transfer({ origin: 'catalog', peer: peer('Ana.Petrova'), ...change });
const served = (change: Partial<TransferSnapshot>) =>
  transfer({ origin: 'catalog', direction: 'send', peer: peer('Chen.Wei'), ...change });
const ana = source('Ana.Petrova', { isOwner: true });
const place = (position: number) => ({ position, waiting: 7, slots: 3 });

export const fromSeveral = fetched({
  title: 'Brand assets',
  fileCount: 212,
  sources: [
    { ...ana, movedBytes: 1.9e9 },
    source('Bruno.Alves', { route: 'relayed', movedBytes: 310e6 }),
    source('Femi.Adeyemi', { route: 'direct', movedBytes: 840e6 }),
    source('Grace.Okafor', { status: 'queued', place: place(2), movedBytes: 0 }),
    source('Hugo.Laurent', { status: 'unreachable', isOnline: false, route: 'offline', movedBytes: 12e6 }),
    source('Elif.Demir', { status: 'dropped', movedBytes: 2e6 }),
  ],
});

export const fetching: TransferSnapshot[] = [
  fromSeveral,
  fetched({ ...nothing, status: 'announced', title: 'Harbor budget 94.xlsx' }),
  fetched({
    ...nothing,
    status: 'announced',
    title: 'Kiln interview 57.mov',
    sources: [{ ...ana, status: 'queued', place: place(3), movedBytes: 0 }],
  }),
  fetched({
    ...nothing,
    status: 'announced',
    route: 'offline',
    title: 'install-media.iso',
    peer: peer('Hugo.Laurent'),
    waitsForOwner: true,
  }),
  fetched({
    ...still,
    status: 'stalled',
    route: 'offline',
    title: 'Atlas photos 33',
    fileCount: 310,
    peer: peer('Hugo.Laurent'),
    waitsForOwner: true,
  }),
  fetched({
    ...still,
    status: 'paused',
    pausedBy: 'me',
    title: 'Q3 board pack',
    fileCount: 14,
    problem: { code: 'files-changed', fileName: 'agenda.docx' },
  }),
  fetched({ ...still, status: 'stalled', title: 'Scans', fileCount: 40, problem: { code: 'owner-unreadable' } }),
  fetched({
    ...nothing,
    status: 'failed',
    title: 'Pilot mockup 78.png',
    canRetry: true,
    problem: { code: 'not-shared' },
  }),
  fetched({ ...still, status: 'done', title: 'Summit mockup 15.png', sources: [ana, source('Bruno.Alves')] }),
];

export const serving: TransferSnapshot[] = [
  served({ status: 'serving', title: 'Press photos', fileCount: 48, bytesPerSecond: 18.6e6 }),
  served({
    ...nothing,
    status: 'paused',
    pausedBy: 'me',
    pauseReason: 'queue',
    title: 'cover.psd',
    peer: peer('Elif.Demir'),
  }),
  served({
    ...still,
    status: 'stalled',
    route: 'offline',
    title: 'Contracts',
    fileCount: 9,
    peer: peer('Hugo.Laurent'),
  }),
  served({ ...still, status: 'done', title: 'Onboarding handbook.pdf', peer: peer('Grace.Okafor') }),
];
