import { expect, test } from 'vitest';
import { askAccess } from './ask-access.ts';
import type { LockedHandle } from './engine-contract.ts';

function locked(mode: FileSystemPermissionMode, answer: () => Promise<PermissionState>, asked: string[]): LockedHandle {
  const requestPermission = (wanted: { mode: string }) => {
    asked.push(wanted.mode);
    return answer();
  };
  return { mode, handle: { requestPermission } as unknown as FileSystemHandle };
}

test('asks for everything before the first answer, each for what it is needed for', async () => {
  const asked: string[] = [];
  let grant = () => {};
  const waiting = new Promise<PermissionState>((resolve) => {
    grant = () => resolve('granted');
  });
  const asking = askAccess([locked('read', () => waiting, asked), locked('readwrite', () => waiting, asked)]);
  expect(asked).toEqual(['read', 'readwrite']);
  grant();
  expect(await asking).toBe(true);
});

test.each([
  ['denied', async () => 'denied' as const],
  ['refused by the browser', () => Promise.reject(new DOMException('no click', 'SecurityError'))],
])('one that is %s is not allowed', async (_, answer) => {
  const granted = async () => 'granted' as const;
  expect(await askAccess([locked('read', granted, []), locked('read', answer, [])])).toBe(false);
});
