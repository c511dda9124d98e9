// nodes: the computers that keep columns without a browser: listed, made for somebody, removed.
import { deviceNameSchema } from '@ferry/shared';
import * as z from 'zod/mini';
import { createNode, removeNode } from '../../accounts/nodes.ts';
import type { Database } from '../../db/client.ts';
import { allNodes, findNode, type NodeRow } from '../../db/queries/nodes.ts';
import { type Actions, runAction } from '../actions.ts';
import type { Call, Command } from '../command.ts';
import { Failure, UsageError } from '../failure.ts';
import { isoOf, minuteOf } from '../moments.ts';
import type { OpenAccounts } from '../open-accounts.ts';
import { asTable } from '../table.ts';

export const nodes: Command = {
  name: 'nodes',
  syntax: 'list|create|remove [name or id] [--owner <username>] [--json]',
  summary:
    'Lists computers that keep pieces without a browser; makes one in somebody’s name, and tells its token; removes one.',
  operands: [1, 2],
  options: { owner: { type: 'string' }, json: { type: 'boolean' } },
  run: (call) => runAction(call, 'nodes', actions),
};

const actions: Actions = { list, create, remove };

function list({ options, terminal }: Call, { db }: OpenAccounts): void {
  const all = allNodes(db);
  terminal.say(options.json ? JSON.stringify(all.map(asJson), null, 2) : asText(all));
}

function create({ operands: [, wanted], options, terminal }: Call, { db, accounts }: OpenAccounts): void {
  const { data: name } = z.safeParse(deviceNameSchema, wanted);
  if (name === undefined) throw new UsageError('nodes create needs a name of at most 64 characters.', 'nodes');
  if (typeof options.owner !== 'string') throw new UsageError('nodes create needs --owner: whose it is.', 'nodes');
  const owner = accounts.user(options.owner);
  const { node, token } = createNode(db, owner.userId, name);
  terminal.say(token);
  terminal.note(`The token of ${name}, which is ${owner.username}’s. It is not told again. Its id: ${node.nodeId}`);
}

function remove({ operands: [, nodeId], terminal }: Call, { db }: OpenAccounts): void {
  const node = nodeNamed(db, nodeId);
  removeNode(db, node.nodeId);
  terminal.say(`${node.name} is removed: it is signed out, and what it kept counts for nothing.`);
}

function nodeNamed(db: Database, nodeId: string | undefined): NodeRow {
  if (nodeId === undefined) throw new UsageError('nodes remove needs an id: nodes list tells them.', 'nodes');
  const node = findNode(db, nodeId);
  if (!node) throw new Failure('No computer has that id. ferry-admin nodes list tells the ids there are.');
  return node;
}

function asText(all: readonly NodeRow[]): string {
  if (all.length === 0) return 'There are none.';
  const rows = all.map((node) => [
    node.name,
    node.username,
    isNew(node) ? 'never' : minuteOf(node.lastSeenAt),
    `${gigabytesOf(node.usedBytes)} of ${gigabytesOf(node.offeredBytes)}`,
    node.nodeId,
  ]);
  return asTable([['name', 'owner', 'last seen (UTC)', 'GB used', 'id'], ...rows]);
}

function asJson(node: NodeRow) {
  return {
    nodeId: node.nodeId,
    name: node.name,
    owner: node.username,
    createdAt: isoOf(node.createdAt),
    lastSeenAt: isNew(node) ? null : isoOf(node.lastSeenAt),
    offeredBytes: node.offeredBytes ?? 0,
    usedBytes: node.usedBytes ?? 0,
  };
}

function isNew({ createdAt, lastSeenAt }: NodeRow): boolean {
  return createdAt === lastSeenAt;
}

function gigabytesOf(bytes: number | null): string {
  return ((bytes ?? 0) / 1e9).toFixed(1);
}
