import { expect, test } from 'vitest';
import { bytesOfGigabytes, gigabytesOf, spaceScale } from './space-scale.ts';

test.each([
  ['a large disk', 412e9, 0, { max: 329, step: 1 }],
  ['a small one, in finer steps', 6e9, 0, { max: 4.8, step: 0.1 }],
  ['almost none: there is still something to choose', 50e6, 0, { max: 0.1, step: 0.1 }],
  ['more is offered already than would be now', 10e9, 12.34e9, { max: 12.4, step: 0.1 }],
  ['so on a large disk', 100e9, 90.2e9, { max: 91, step: 1 }],
])('%s', (_, estimate, offered, scale) => expect(spaceScale(estimate, offered)).toEqual(scale));

test('what was suggested is shown as it is', () => expect(gigabytesOf(10 * 1024 ** 3)).toBe(10.7));

test('gigabytes are those of the disk’s label', () => expect(bytesOfGigabytes(0.3)).toBe(300_000_000));
