import { describe, expect, test } from 'vitest';
import { remedyOf } from './remedy.ts';
import { transfer } from './transfer-fixture.ts';

describe('remedyOf', () => {
  test.each([
    [{ status: 'failed', canRetry: true }, 'retry'],
    [{ status: 'failed' }, null],
    [{ status: 'cancelled', canRetry: true }, null],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'user' }, null],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'queue' }, 'start'],
    [{ status: 'paused', pausedBy: 'peer', pauseReason: 'queue' }, null],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'space', problem: { code: 'store-full' } }, 'folder'],
    [{ status: 'paused', pausedBy: 'peer', pauseReason: 'space' }, null],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'files', problem: { code: 'files-locked' } }, 'allow'],
    [{ status: 'announced', direction: 'send', problem: { code: 'files-needed' } }, 'supply'],
    [{ status: 'paused', pausedBy: 'peer', problem: { code: 'files-differ' } }, 'supply'],
    [{ status: 'paused', pausedBy: 'me', problem: { code: 'folder-locked' } }, 'allow'],
    [{ status: 'failed', canRetry: true, problem: { code: 'files-needed' } }, 'retry'],
    [{ status: 'paused', pausedBy: 'me', origin: 'catalog', problem: { code: 'files-changed' } }, 'choose'],
    [{ status: 'stalled', origin: 'catalog', problem: { code: 'owner-unreadable' } }, null],
    [{ status: 'failed', canRetry: true, origin: 'catalog', direction: 'send' }, null],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'queue', origin: 'catalog', direction: 'send' }, null],
  ] as const)('%j: %s', (change, remedy) => {
    expect(remedyOf(transfer(change), { canPickFolder: true })).toBe(remedy);
  });

  test('a folder is no way out where the browser has no picker', () => {
    const full = transfer({ status: 'paused', pausedBy: 'me', pauseReason: 'space' });
    expect(remedyOf(full, { canPickFolder: false })).toBeNull();
  });
});
