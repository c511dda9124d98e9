import { randomUUID } from 'node:crypto';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '../db/client.ts';
import { insertUser } from '../db/queries/users.ts';
import { endedShares as table } from '../db/schema.ts';
import { EndedShares } from './ended-shares.ts';

const DAY_MS = 86_400_000;
let db: Database;
let ended: EndedShares;
beforeEach(() => {
  const database = openDatabase(':memory:');
  onTestFinished(() => database.close());
  db = database.db;
  ended = new EndedShares(db);
});

function user(): string {
  const userId = randomUUID();
  const about = {
    username: userId,
    usernameKey: userId,
    passwordHash: '',
    isAdmin: false,
    createdAt: 1,
    disabledAt: null,
  };
  insertUser(db, { userId, ...about });
  return userId;
}
const some = (count: number) => Array.from({ length: count }, () => randomUUID());
const count = () => db.select().from(table).all().length;

test('what ended is remembered of its owner, and of nobody else', () => {
  const [ann, ben] = [user(), user()];
  const [shareId] = some(1) as [string];
  ended.add(ann, [shareId]);
  expect([ended.has(ann, shareId), ended.has(ben, shareId), ended.has(ann, randomUUID())]).toEqual([
    true,
    false,
    false,
  ]);
});

test('of one person a thousand are remembered, the newest, and of others all', () => {
  const [ann, ben] = [user(), user()];
  const [old, young] = [some(600), some(600)];
  const bens = some(3);
  ended.add(ben, bens, 1);
  ended.add(ann, old, 2);
  ended.add(ann, young, 3);
  expect(count()).toBe(1003);
  expect(young.every((shareId) => ended.has(ann, shareId))).toBe(true);
  expect(bens.every((shareId) => ended.has(ben, shareId))).toBe(true);
});

test('after a year and a day it is forgotten, unless it ended anew', () => {
  const ann = user();
  const [gone, again] = some(2) as [string, string];
  ended.add(ann, [gone, again], 0);
  ended.add(ann, [again], 300 * DAY_MS);
  ended.add(user(), some(1), 366 * DAY_MS);
  expect(ended.has(ann, gone)).toBe(true);
  ended.add(user(), some(1), 367 * DAY_MS);
  expect([ended.has(ann, gone), ended.has(ann, again)]).toEqual([false, true]);
});
