// Who asks the catalog, as its index is told: the user of the session, and which devices are online at this moment.
import type { Viewer } from '../catalog/catalog-index.ts';
import type { Context } from './context.ts';

type SignedIn = Context & { session: NonNullable<Context['session']> };

export function viewerOf({ session, services }: SignedIn): Viewer {
  return { userId: session.account.userId, onlineDeviceIds: services.hub.onlineDeviceIds() };
}
