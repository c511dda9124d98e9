import { expect, test } from 'vitest';
import { codeOf } from '../../testing/catalog-on-disk.ts';
import { Turns } from './turns.ts';

/** Says its name with every slice. */
function* slices(name: string, count: number, said: string[]): Generator<void, string> {
  for (let n = 1; n < count; n++) {
    said.push(name);
    yield;
  }
  said.push(name);
  return name;
}

test('owners take turns, slice by slice, and what one owner says stays in order', async () => {
  const turns = new Turns({ perOwner: 3, inAll: 10 });
  const said: string[] = [];
  const results = await Promise.all([
    turns.take('anna', () => slices('anna 1', 3, said)),
    turns.take('anna', () => slices('anna 2', 1, said)),
    turns.take('ben', () => slices('ben', 2, said)),
  ]);
  expect(results).toEqual(['anna 1', 'anna 2', 'ben']);
  expect(said).toEqual(['anna 1', 'ben', 'anna 1', 'ben', 'anna 1', 'anna 2']);
});

test('somebody who comes later waits for one slice of each, not for all of them', async () => {
  const turns = new Turns({ perOwner: 3, inAll: 10 });
  const said: string[] = [];
  const long = turns.take('anna', () => slices('anna', 100, said));
  await turns.take('ben', () => slices('ben', 1, said));
  expect(said.length).toBeLessThanOrEqual(3);
  await long;
});

test('too much of one owner, or of all, is refused, and there is room again afterwards', async () => {
  const turns = new Turns({ perOwner: 2, inAll: 3 });
  const said: string[] = [];
  const add = (owner: string) => turns.take(owner, () => slices(owner, 1, said));
  const accepted = [add('anna'), add('anna')];
  const refused = [codeOf(add('anna'))];
  accepted.push(add('ben'));
  refused.push(codeOf(add('carl')));
  expect(await Promise.all(refused)).toEqual(['busy', 'busy']);
  await Promise.all(accepted);
  await expect(add('anna')).resolves.toBe('anna');
});

test('what fails fails alone', async () => {
  const turns = new Turns({ perOwner: 2, inAll: 3 });
  const failing = turns.take('anna', () => {
    throw new Error('not even begun');
  });
  await expect(failing).rejects.toThrow('not even begun');
  const later = turns.take('anna', function* () {
    yield;
    throw new Error('in the second slice');
  });
  await expect(later).rejects.toThrow('in the second slice');
  await expect(turns.take('anna', () => slices('anna', 1, []))).resolves.toBe('anna');
});

test('who waits when it is closed is refused', async () => {
  const turns = new Turns({ perOwner: 2, inAll: 3 });
  const waiting = turns.take('anna', () => slices('anna', 5, []));
  turns.close();
  expect(await codeOf(waiting)).toBe('busy');
  expect(await codeOf(turns.take('anna', () => slices('anna', 5, [])))).toBe('busy');
});
