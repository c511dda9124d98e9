import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FolderWatch } from './folder-watch.ts';
import type { HashSource } from './scan-rpc.ts';

type Change = { type: string; relativePathComponents: string[]; relativePathMovedFrom: string[] | null };

class Observer {
  static readonly all: Observer[] = [];
  readonly tell: (records: Change[]) => void;
  readonly observed: unknown[] = [];
  isOver = false;

  constructor(tell: (records: Change[]) => void) {
    this.tell = tell;
    Observer.all.push(this);
  }

  async observe(handle: unknown): Promise<void> {
    this.observed.push(handle);
  }

  disconnect(): void {
    this.isOver = true;
  }
}

const folder = (shareId: string): HashSource => ({
  shareId,
  kind: 'folder',
  handles: [{ name: shareId, handle: {} as FileSystemHandle }],
});
const change = (path: string, type = 'modified', from: string | null = null): Change => ({
  type,
  relativePathComponents: path === '' ? [] : path.split('/'),
  relativePathMovedFrom: from === null ? null : from.split('/'),
});

let told: [string, string[] | null][];
let watch: FolderWatch;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('FileSystemObserver', Observer);
  Observer.all.length = 0;
  told = [];
  watch = new FolderWatch((shareId, paths) => told.push([shareId, paths]));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('tells what changed once it has come to rest, each place once, and both ends of a move', () => {
  watch.set([folder('a')]);
  const [observer] = Observer.all;
  observer!.tell([change('x.txt', 'appeared'), change('x.txt')]);
  vi.advanceTimersByTime(1000);
  observer!.tell([change('new/y.txt', 'moved', 'old/y.txt')]);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([['a', ['x.txt', 'new/y.txt', 'old/y.txt']]]);
});

test('a folder that never comes to rest is told now and then', () => {
  watch.set([folder('a')]);
  for (let second = 0; second < 40; second++) {
    Observer.all[0]!.tell([change('busy.log')]);
    vi.advanceTimersByTime(1000);
  }
  expect(told).toEqual([['a', ['busy.log']]]);
});

test('of very many changes, of unknown ones, and of the folder itself, only that there are some', () => {
  watch.set([folder('a'), folder('b'), folder('c')]);
  const [a, b, c] = Observer.all;
  a!.tell(Array.from({ length: 300 }, (_, index) => change(`${index}.txt`)));
  a!.tell([change('one more')]);
  b!.tell([change('x', 'unknown')]);
  c!.tell([change('')]);
  vi.advanceTimersByTime(5000);
  expect(told).toEqual([
    ['a', null],
    ['b', null],
    ['c', null],
  ]);
});

test('who is watched already is not watched twice, and who is no more is left alone', () => {
  watch.set([folder('a'), folder('b')]);
  watch.set([folder('a')]);
  expect(Observer.all.map(({ isOver }) => isOver)).toEqual([false, true]);
});

test('where the browser does not tell of changes, nothing is watched', () => {
  vi.stubGlobal('FileSystemObserver', undefined);
  expect(() => watch.set([folder('a')])).not.toThrow();
});
