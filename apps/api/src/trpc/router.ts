// All procedures by name. The page takes this file's type, never its code.
import { router } from './init.ts';
import { authRouter } from './routers/auth.ts';
import { catalogRouter } from './routers/catalog.ts';
import { configRouter } from './routers/config.ts';
import { devicesRouter } from './routers/devices.ts';
import { doctorRouter } from './routers/doctor.ts';
import { invitesRouter } from './routers/invites.ts';
import { nodesRouter } from './routers/nodes.ts';
import { peopleRouter } from './routers/people.ts';
import { reportsRouter } from './routers/reports.ts';
import { signalsRouter } from './routers/signals.ts';
import { storeRouter } from './routers/store.ts';

export const appRouter = router({
  auth: authRouter,
  catalog: catalogRouter,
  config: configRouter,
  devices: devicesRouter,
  doctor: doctorRouter,
  invites: invitesRouter,
  nodes: nodesRouter,
  people: peopleRouter,
  reports: reportsRouter,
  signals: signalsRouter,
  store: storeRouter,
});

export type AppRouter = typeof appRouter;
