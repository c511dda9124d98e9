// One's own holders without a browser: made, looked at, removed.
import { createNodeSchema, nodeSchema, type StoreNode } from '@ferry/shared';
import { createNode, removeNode } from '../../accounts/nodes.ts';
import { findNode, type NodeRow, nodesOf } from '../../db/queries/nodes.ts';
import { refusal } from '../error.ts';
import { router, signedInProcedure } from '../init.ts';

export const nodesRouter = router({
  /** Nobody is ever told the token again. */
  create: signedInProcedure.input(createNodeSchema).mutation(({ ctx, input }): { node: StoreNode; token: string } => {
    const { node, token } = createNode(ctx.services.db, ctx.session.account.userId, input.name);
    return { node: asTold(node, new Set()), token };
  }),

  list: signedInProcedure.query(({ ctx }): StoreNode[] => {
    const { db, hub } = ctx.services;
    const online = new Set(hub.onlineDeviceIds());
    return nodesOf(db, ctx.session.account.userId).map((node) => asTold(node, online));
  }),

  remove: signedInProcedure.input(nodeSchema).mutation(({ ctx, input: { nodeId } }): void => {
    const { db, sessions, store } = ctx.services;
    if (findNode(db, nodeId)?.userId !== ctx.session.account.userId) throw refusal('not-found');
    sessions.endNode(nodeId);
    store.maintenance.removing(nodeId, () => removeNode(db, nodeId));
  }),
});

function asTold({ nodeId, name, createdAt, lastSeenAt, ...space }: NodeRow, online: ReadonlySet<string>): StoreNode {
  return {
    nodeId,
    name,
    createdAt,
    lastSeenAt: lastSeenAt === createdAt ? null : lastSeenAt,
    isOnline: online.has(nodeId),
    offeredBytes: space.offeredBytes ?? 0,
    usedBytes: space.usedBytes ?? 0,
  };
}
