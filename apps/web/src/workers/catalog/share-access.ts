// Whether the files of a share can be opened now. Asks the browser, never the user.
import type { SourceHandle } from '../../adapters/engine-contract.ts';
import { accessTo } from '../source-files.ts';
import type { LiveShare } from './live-share.ts';

export async function accessOf(share: LiveShare): Promise<'opened' | 'locked' | 'disconnected'> {
  if (share.files) return 'opened';
  if (!share.hasHandles) return 'disconnected';
  // Denied, too, may be changed by the user, and is asked for in the same way.
  const access = await accessTo(share.record.handles).catch(() => 'denied' as const);
  return access === 'granted' ? 'opened' : 'locked';
}

/** Those that the user must be asked for. */
export async function lockedHandles(handles: readonly SourceHandle[]): Promise<FileSystemHandle[]> {
  const states = await Promise.all(handles.map(({ handle }) => handle.queryPermission({ mode: 'read' })));
  return handles.flatMap(({ handle }, index) => (states[index] === 'granted' ? [] : [handle]));
}
