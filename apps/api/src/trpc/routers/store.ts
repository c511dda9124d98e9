// The Store: files that are kept on many devices. Only puts together what the files beside it do.
import { router } from '../init.ts';
import { deliveryProcedures } from './store-deliveries.ts';
import { downloadProcedures } from './store-download.ts';
import { fileProcedures } from './store-files.ts';
import { holdProcedures } from './store-hold.ts';
import { maintenanceProcedures } from './store-maintenance.ts';
import { overviewProcedures } from './store-overview.ts';
import { uploadProcedures } from './store-upload.ts';
import { storeWatchProcedure } from './store-watch.ts';

export const storeRouter = router({
  ...deliveryProcedures,
  ...downloadProcedures,
  ...fileProcedures,
  ...holdProcedures,
  ...maintenanceProcedures,
  ...overviewProcedures,
  ...uploadProcedures,
  watch: storeWatchProcedure,
});
