// The Store: files that are kept on many devices. Only puts together what the files beside it do.
import { router } from '../init.ts';
import { downloadProcedures } from './store-download.ts';
import { fileProcedures } from './store-files.ts';
import { holdProcedures } from './store-hold.ts';
import { uploadProcedures } from './store-upload.ts';
import { storeWatchProcedure } from './store-watch.ts';

export const storeRouter = router({
  ...downloadProcedures,
  ...fileProcedures,
  ...holdProcedures,
  ...uploadProcedures,
  watch: storeWatchProcedure,
});
