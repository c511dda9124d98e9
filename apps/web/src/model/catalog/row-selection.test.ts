import { expect, test } from 'vitest';
import { allSelected, carriedOver, moved, NOTHING_SELECTED, noneSelected, pressed, toggled } from './row-selection.ts';

const rows = ['a', 'b', 'c', null, 'e'];
const keyAt = (index: number) => rows[index] ?? null;
const keys = ({ keys }: { keys: ReadonlySet<string> }) => [...keys].join('');

test('the arrows move without selecting', () => {
  const selection = moved(NOTHING_SELECTED, 2, keyAt);
  expect(selection).toMatchObject({ active: 2, anchor: 2 });
  expect(keys(selection)).toBe('');
});

test('with Shift they select from where it began, there and back', () => {
  const from = moved(NOTHING_SELECTED, 1, keyAt);
  const down = moved(from, 2, keyAt, { isExtending: true });
  expect(keys(down)).toBe('bc');
  expect(keys(moved(down, 0, keyAt, { isExtending: true }))).toBe('ab');
});

test('a press selects one row, with Ctrl one more, and with Ctrl again one less', () => {
  const one = pressed(NOTHING_SELECTED, 0, keyAt);
  expect(keys(one)).toBe('a');
  const two = pressed(one, 2, keyAt, { isAdding: true });
  expect(keys(two)).toBe('ac');
  expect(keys(pressed(two, 0, keyAt, { isAdding: true }))).toBe('c');
  expect(keys(pressed(two, 1, keyAt))).toBe('b');
});

test('with Shift it selects everything between, with Ctrl in addition', () => {
  const first = pressed(NOTHING_SELECTED, 1, keyAt);
  expect(keys(pressed(first, 4, keyAt, { isExtending: true }))).toBe('bce');
  const added = pressed({ ...first, keys: new Set('a') }, 2, keyAt, { isExtending: true, isAdding: true });
  expect(keys(added)).toBe('abc');
});

test('the space bar takes a row in and out', () => {
  const selection = toggled(NOTHING_SELECTED, 4, keyAt);
  expect(keys(selection)).toBe('e');
  expect(keys(toggled(selection, 4, keyAt))).toBe('');
});

test('rows that are not loaded cannot be selected', () => {
  expect(keys(toggled(NOTHING_SELECTED, 3, keyAt))).toBe('');
  expect(keys(pressed(NOTHING_SELECTED, 3, keyAt))).toBe('');
  expect(keys(pressed(NOTHING_SELECTED, 4, keyAt, { isExtending: true }))).toBe('abce');
});

test('nothing is selected any more, and the keyboard stays where it is', () => {
  const selection = noneSelected(pressed(NOTHING_SELECTED, 2, keyAt));
  expect(selection.active).toBe(2);
  expect(keys(selection)).toBe('');
});

test('everything is selected, also what is shown nowhere, and the keyboard stays where it is', () => {
  const selection = allSelected(moved(NOTHING_SELECTED, 2, keyAt), ['a', 'z']);
  expect(selection.active).toBe(2);
  expect(keys(selection)).toBe('az');
});

const two = allSelected(pressed(NOTHING_SELECTED, 1, keyAt), ['b', 'e']);
const found = new Map([
  ['x', 0],
  ['b', 1],
]);

test('in another list what is found there stays selected, and the rest does not', () => {
  expect(keys(carriedOver(two, found, { activeKey: null, isSameRows: false }))).toBe('b');
  expect(keys(carriedOver(two, new Map(), { activeKey: null, isSameRows: false }))).toBe('');
});

test('the same rows in another order stay selected, also those that are not loaded', () => {
  expect(keys(carriedOver(two, found, { activeKey: null, isSameRows: true }))).toBe('be');
});

test.each([
  ['b', 1],
  ['e', 0],
  [null, 0],
])('in another list the keyboard that was on %s is on row %i', (activeKey, active) => {
  const moved = carriedOver({ ...two, active: 7 }, found, { activeKey, isSameRows: true });
  expect(moved).toMatchObject({ active, anchor: active });
});
