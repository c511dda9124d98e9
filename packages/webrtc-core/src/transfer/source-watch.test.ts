import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { QUIET_AFTER_MS, SILENT_AFTER_MS, SourceWatch } from './source-watch.ts';

/** Sources by the bytes that came from them; undefined for those that owe nothing. */
function setUp(sources: Record<string, number | undefined>) {
  const clock = new ManualClock();
  const said: string[] = [];
  let looks = 0;
  const watch = new SourceWatch({
    clock,
    owing: () => Object.entries(sources).flatMap(([id, bytes]) => (bytes === undefined ? [] : [[id, bytes] as const])),
    count: () => Object.keys(sources).length,
    onQuiet: (id) => said.push(`${id} is quiet`),
    onSilent: (id) => {
      said.push(`${id} is silent`);
      delete sources[id];
    },
    look: () => looks++,
  });
  watch.start();
  const heard = () => [...new Set(said.splice(0))];
  return { clock, watch, sources, heard, looks: () => looks };
}

test('a source that owes something and is silent is told of, and let go when it stays so', () => {
  const { clock, heard, sources } = setUp({ a: 0, b: undefined });
  clock.advance(QUIET_AFTER_MS - 1);
  expect(heard()).toEqual([]);
  clock.advance(1);
  expect(heard()).toEqual(['a is quiet']);
  clock.advance(SILENT_AFTER_MS - QUIET_AFTER_MS);
  expect(heard()).toContain('a is silent');
  expect(Object.keys(sources)).toEqual(['b']);
});

test('a few bytes now and then are enough, however long a chunk takes', () => {
  const { clock, heard, sources } = setUp({ a: 0, b: undefined });
  for (let second = 0; second < 30; second++) {
    clock.advance(1000);
    sources.a!++;
  }
  expect(heard()).toEqual([]);
});

test('who owes nothing is not waited for, and counts from when it owes again', () => {
  const { clock, heard, sources, watch } = setUp({ a: 0, b: undefined });
  clock.advance(1000);
  sources.a = undefined;
  clock.advance(20_000);
  expect(clock.pendingCount).toBe(0);
  sources.a = 0;
  watch.start();
  clock.advance(QUIET_AFTER_MS - 1);
  expect(heard()).toEqual([]);
  clock.advance(SILENT_AFTER_MS);
  expect(heard()).toEqual(['a is quiet', 'a is silent']);
});

test('when nobody is heard of, nobody is let go: it is the own network', () => {
  const { clock, heard } = setUp({ a: 0, b: 0 });
  clock.advance(60_000);
  expect(heard()).toEqual(['a is quiet', 'b is quiet']);
});

test('the only one is not let go', () => {
  const { clock, heard } = setUp({ a: 0 });
  clock.advance(60_000);
  expect(heard()).toEqual(['a is quiet']);
});

test('it is looked a few times a second while something is owed, and never after the end', () => {
  const { clock, watch, looks } = setUp({ a: 0, b: 0 });
  clock.advance(1000);
  expect(looks()).toBe(4);
  watch.stop();
  watch.start();
  expect(clock.pendingCount).toBe(0);
});
