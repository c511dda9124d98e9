// The parts of one engine, opened with what this browser remembers and wired to each other. Holds no logic of its own.
import { Exchange } from '@ferry/webrtc-core';
import { bundlesFolder, clearScratch, scratchFolder, sendsFolder } from '../adapters/bundle-files.ts';
import { BundleRecords } from './bundle-records.ts';
import { BundleStores } from './bundle-stores.ts';
import type { CatalogDesk } from './catalog/catalog-desk.ts';
import { measureFreeBytes } from './free-space.ts';
import type { PageConnector } from './page-connector.ts';
import type { PeopleDirectory } from './people-directory.ts';
import { ReceivedBundles } from './received-bundles.ts';
import { Receiving } from './receiving.ts';
import { OpfsHashJournals } from './send-journals.ts';
import { Sending } from './sending.ts';
import { SentBundles } from './sent-bundles.ts';
import { OwnColumns } from './store/own-columns.ts';
import type { StoreDesk } from './store/store-desk.ts';
import type { TransferTable } from './transfer-table.ts';
import { TransferTurns } from './transfer-turns.ts';

export interface EnginePartsOptions {
  userId: string;
  deviceId: string;
  connector: PageConnector;
  people: PeopleDirectory;
  table: TransferTable;
  catalog: CatalogDesk;
  store: StoreDesk;
  touch: () => void;
}

export type EngineParts = Awaited<ReturnType<typeof openEngineParts>>;

export async function openEngineParts({ userId, deviceId, connector, catalog, store, ...shared }: EnginePartsOptions) {
  await clearScratch(userId);
  const records = await BundleRecords.open(userId);
  const received = new ReceivedBundles(records, await records.bundles());
  const sends = new SentBundles(records, await records.sends());
  const stores = new BundleStores(await bundlesFolder(userId));
  const journals = new OpfsHashJournals(await sendsFolder(userId));
  const ownColumns = new OwnColumns({ deviceId, connector });
  const exchange: Exchange = new Exchange({
    connector: ownColumns,
    stores,
    journals,
    memory: {
      accepting: (receiver) => receiving.accepting(receiver),
      delivered: ({ transfer, ...delivered }) => sends.ended(transfer, delivered),
    },
  });
  const freeBytes = async (enoughBytes?: number) => measureFreeBytes(await scratchFolder(userId), enoughBytes);
  const all = { ...shared, exchange, records };
  const receiving: Receiving = new Receiving({ ...all, received, stores, freeBytes, catalog, store });
  const sending = new Sending({ ...all, sends });
  const turns = new TransferTurns({ ...all, moving: (isAny) => catalog.setBusy(isAny) });
  await catalog.open({ ...all, userId, deviceId, received, receiving, stores });
  await store.open({ ...all, userId, deviceId, received, receiving, stores, freeBytes, ownColumns });
  return { ...all, catalog, store, received, sends, journals, receiving, sending, turns, freeBytes };
}
