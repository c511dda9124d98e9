import Sqlite from 'better-sqlite3';
import { Registry } from 'prom-client';
import { beforeEach, expect, test } from 'vitest';
import { operationOf, SqliteMetrics } from './sqlite-metrics.ts';
import { timeSqlite } from './timed-sqlite.ts';

let sqlite: Sqlite.Database;
let registry: Registry;
beforeEach(() => {
  sqlite = new Sqlite(':memory:');
  sqlite.exec('CREATE TABLE notes (text TEXT UNIQUE)');
  registry = new Registry();
  timeSqlite(sqlite, new SqliteMetrics(registry));
});

async function measured(part: 'count' | 'sum', operation: string): Promise<number> {
  const [family] = await registry.getMetricsAsJSON();
  const values = family!.values as { metricName?: string; value: number; labels: { operation?: string } }[];
  return values.find((one) => one.metricName?.endsWith(part) && one.labels.operation === operation)!.value;
}

test.each([
  ['select 1', 'select'],
  ['  \n INSERT INTO notes VALUES (1)', 'insert'],
  ['update notes set text = 1', 'update'],
  ['delete from notes', 'delete'],
  ['selected', 'other'],
  ['with a as (select 1) select * from a', 'other'],
  ['begin immediate', 'other'],
  ['', 'other'],
])('%j is %s', (sql, operation) => {
  expect(operationOf(sql)).toBe(operation);
});

test('answers are what they were, in every way to ask', () => {
  expect(sqlite.prepare('INSERT INTO notes VALUES (?)').run('one').changes).toBe(1);
  const select = sqlite.prepare('SELECT text FROM notes WHERE text = ?');
  expect(select.get('one')).toEqual({ text: 'one' });
  expect(select.all('one')).toEqual([{ text: 'one' }]);
  expect(select.raw().all('one')).toEqual([['one']]);
  expect([...select.iterate('one')]).toEqual([['one']]);
});

test('each statement is measured as what it is, also when it fails', async () => {
  const insert = sqlite.prepare('INSERT INTO notes VALUES (?)');
  insert.run('one');
  expect(() => insert.run('one')).toThrow(/UNIQUE/);
  sqlite.prepare('SELECT * FROM notes').all();
  sqlite.prepare('UPDATE notes SET text = ?').run('two');
  sqlite.prepare('DELETE FROM notes').run();
  const counts = ['select', 'insert', 'update', 'delete', 'other'].map((operation) => measured('count', operation));
  expect(await Promise.all(counts)).toEqual([1, 2, 1, 1, 0]);
});

test('a transaction does what it did, and is measured without the work inside', async () => {
  const insert = sqlite.prepare('INSERT INTO notes VALUES (?)');
  let insideMs = 0;
  const transaction = sqlite.transaction((text: string) => {
    const begunMs = performance.now();
    insert.run(text);
    while (performance.now() < begunMs + 50);
    insideMs += performance.now() - begunMs;
    if (text === 'bad') throw new Error('rolled back');
    return `kept ${text}`;
  });
  const begunMs = performance.now();
  expect([transaction('a'), transaction.deferred('b'), transaction.immediate('c')]).toEqual([
    'kept a',
    'kept b',
    'kept c',
  ]);
  expect(() => transaction.exclusive('bad')).toThrow('rolled back');
  const aroundMs = performance.now() - begunMs - insideMs;
  expect(sqlite.prepare('SELECT count(*) AS total FROM notes').get()).toEqual({ total: 3 });
  expect(await measured('count', 'other')).toBe(4);
  expect(await measured('sum', 'other')).toBeLessThanOrEqual(aroundMs / 1000);
});

test('a transaction inside another is a savepoint, as ever', () => {
  const insert = sqlite.prepare('INSERT INTO notes VALUES (?)');
  const inner = sqlite.transaction(() => {
    insert.run('inner');
    throw new Error('only this');
  });
  sqlite.transaction(() => {
    insert.run('outer');
    expect(inner).toThrow('only this');
  })();
  expect(sqlite.prepare('SELECT text FROM notes').all()).toEqual([{ text: 'outer' }]);
});
