// What a browser tells the server about its connections, for the operator's numbers: kinds and reasons, never
// addresses, people or files.
import * as z from 'zod/mini';

/** As the transfer's row says it: same network, across networks, through a relay. */
export const routeKindSchema = z.enum(['lan', 'direct', 'relayed']);
export type RouteKind = z.infer<typeof routeKindSchema>;

/** Why no path was found; the engine's error codes. */
export const noPathReasonSchema = z.enum([
  /** The other side never answered. */
  'connect-timeout',
  /** Both sides offered addresses, and no pair of them worked. */
  'ice-failed',
  /** No direct path, and the server names no relay. */
  'relay-missing',
  /** No direct path, and no relay answered this device. */
  'relay-failed',
  /** This browser offered no address at all. */
  'candidates-missing',
]);
export type NoPathReason = z.infer<typeof noPathReasonSchema>;

export const connectionReportSchema = z.discriminatedUnion('type', [
  /** A transfer was announced to somebody, by this route; said by the sender, once for each transfer. */
  z.object({ type: z.literal('announced'), route: routeKindSchema }),
  z.object({ type: z.literal('no-path'), reason: noPathReasonSchema }),
]);
export type ConnectionReport = z.infer<typeof connectionReportSchema>;
