// The catalog: what colleagues share, how it is found and how leave to fetch it is got. Only puts together what the
// files beside it do.
import { router } from '../init.ts';
import { browseProcedures } from './catalog-browse.ts';
import { grantProcedures } from './catalog-grant.ts';
import { publishProcedures } from './catalog-publish.ts';
import { savedRouter } from './catalog-saved.ts';
import { sharesRouter } from './catalog-shares.ts';
import { watchProcedure } from './catalog-watch.ts';

export const catalogRouter = router({
  ...browseProcedures,
  ...grantProcedures,
  ...publishProcedures,
  saved: savedRouter,
  shares: sharesRouter,
  watch: watchProcedure,
});
