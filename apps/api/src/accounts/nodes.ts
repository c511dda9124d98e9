// Holders without a browser: made by a person in their own name, let in by a token that is told once, removed. A node is a
// device like another one. Knows no sessions and no sockets.
import { randomUUID } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { deleteDevice, findDevice, insertDevice } from '../db/queries/devices.ts';
import { countNodesOf, findNode, findNodeByToken, insertNodeToken, type NodeRow } from '../db/queries/nodes.ts';
import { findUser, type UserRow } from '../db/queries/users.ts';
import { refusal } from '../trpc/error.ts';
import type { AccountLimits } from './limits.ts';
import { hashSecret, newSecret } from './secret.ts';

/** More computers than anybody looks after by hand. */
const NODES_PER_PERSON = 20;
/** Such a token is recognised wherever it turns up. */
const TOKEN_PREFIX = 'ferry-node_';

/**
 * Nobody is told the token again.
 *
 * @throws `too-many`
 */
export function createNode(db: Database, userId: string, name: string): { node: NodeRow; token: string } {
  const nodeId = randomUUID();
  const token = `${TOKEN_PREFIX}${newSecret()}`;
  const createdAt = Date.now();
  db.transaction((transaction) => {
    if (countNodesOf(transaction, userId) >= NODES_PER_PERSON) throw refusal('too-many');
    insertDevice(transaction, { deviceId: nodeId, userId, name, createdAt, lastSeenAt: createdAt });
    insertNodeToken(transaction, { nodeId, userId, tokenHash: hashSecret(token), createdAt });
  });
  return { node: findNode(db, nodeId)!, token };
}

/** Its token, sessions, keys and offer go, and whatever it keeps counts for nothing from now on. */
export function removeNode(db: Database, nodeId: string): void {
  if (!findNode(db, nodeId)) throw refusal('not-found');
  deleteDevice(db, nodeId);
}

/**
 * @throws `wrong-credentials` for a token that nobody was told, or whose node was removed; `account-disabled`
 */
export async function nodeSigningIn(
  db: Database,
  limits: AccountLimits,
  { token, address }: { token: string; address: string },
): Promise<{ user: UserRow; nodeId: string; name: string }> {
  await limits.checkNodeSignIn(address);
  const nodeId = findNodeByToken(db, hashSecret(token));
  const device = nodeId === undefined ? undefined : findDevice(db, nodeId);
  const user = device && findUser(db, device.userId);
  if (!device || !user) {
    await limits.nodeSignInFailed(address);
    throw refusal('wrong-credentials');
  }
  if (user.disabledAt) throw refusal('account-disabled');
  return { user, nodeId: device.deviceId, name: device.name };
}
