import { expect, test } from 'vitest';
import { Permits } from './permits.ts';

function deferred() {
  return Promise.withResolvers<void>();
}

test('no more than so many run at a time, and the others in the order they came', async () => {
  const permits = new Permits(2);
  const gates = Array.from({ length: 5 }, deferred);
  const started: number[] = [];
  const all = gates.map((gate, at) =>
    permits.use(async () => {
      started.push(at);
      await gate.promise;
      return at;
    }),
  );
  await Promise.resolve();
  expect(started).toEqual([0, 1]);
  gates[1]!.resolve();
  await all[1];
  expect(started).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
  expect(started).toEqual([0, 1, 2, 3, 4]);
});

test('who comes when a permit is handed on waits', async () => {
  const permits = new Permits(1);
  let running = 0;
  let most = 0;
  const action = async () => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
  };
  const first = permits.use(action);
  const second = permits.use(action);
  await first;
  await Promise.all([second, permits.use(action), permits.use(action)]);
  expect(most).toBe(1);
});

test('an action that fails gives its permit back', async () => {
  const permits = new Permits(1);
  const failing = permits.use(async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await expect(permits.use(async () => 'yes')).resolves.toBe('yes');
});
