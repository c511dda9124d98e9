// What browsers report for the operator's numbers.
import { connectionReportSchema } from '@ferry/shared';
import { router, signedInProcedure } from '../init.ts';

export const reportsRouter = router({
  connection: signedInProcedure.input(connectionReportSchema).mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.services.reports.add(ctx.session.account.userId, input);
  }),
});
