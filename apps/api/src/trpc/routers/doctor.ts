// What the server finds out about its own configuration, for admins only.
import type { ServerReport } from '@ferry/shared';
import { adminProcedure, router } from '../init.ts';

export const doctorRouter = router({
  server: adminProcedure.query(({ ctx }): Promise<ServerReport> => ctx.services.doctor.report(ctx.reached)),
});
