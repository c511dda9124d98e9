// What somebody brings, as shares: files that came together are one, and every folder is one. A folder that the browser
// can open again is not read here: the engine walks it. Knows no engine and no audience.
import type { ShareKind } from '@ferry/shared';
import type { OutgoingFile, SourceHandle } from '../../adapters/engine-contract.ts';
import type { Brought, BroughtFile, BroughtFolder } from '../staging/brought.ts';
import { distinctNames } from '../staging/bundle.ts';
import type { ReadOptions } from '../staging/read-folder.ts';
import { stagedFromFiles } from '../staging/staged-item.ts';

export interface PlannedShare {
  title: string;
  kind: ShareKind;
  handles: SourceHandle[];
  files: OutgoingFile[];
}

export interface Plan {
  title: string;
  /** Nothing to share is null. Rejects when it cannot be read, or reading was stopped. */
  share: Promise<PlannedShare | null>;
}

interface KnownFile {
  name: string;
  file: File;
  handle: FileSystemHandle | null;
}

/** One plan for each share to be, each ready on its own: a large folder does not keep the others waiting. */
export async function planned({ files, folders }: Brought, reading: (title: string) => ReadOptions): Promise<Plan[]> {
  const plans = folders.map((folder) => ({ title: folder.name, share: folderShare(folder, reading) }));
  return [...(await fileShares(files)).map(ready), ...plans];
}

function ready(share: PlannedShare): Plan {
  return { title: share.title, share: Promise.resolve(share) };
}

async function fileShares(files: readonly BroughtFile[]): Promise<PlannedShare[]> {
  const known = await Promise.all(
    files.map(async ({ file, handle }) => ({ name: file.name, file, handle: (await handle) ?? null })),
  );
  const lasting = known.filter(({ handle }) => handle !== null);
  // A folder input gives files whose paths tell of folders.
  const items = stagedFromFiles(known.filter(({ handle }) => handle === null).map(({ file }) => file));
  const single = items.filter(({ kind }) => kind === 'file').flatMap((item) => item.files);
  const inFolders = items.filter(({ kind }) => kind === 'folder');
  return [
    ...filesShare(lasting),
    ...filesShare(single.map(({ file }) => ({ name: file.name, file, handle: null }))),
    ...inFolders.map(({ name, files: found }) => folderOf(name, found)),
  ];
}

/** Two of one name, from two places, would be one entry: the second is told apart. */
function filesShare(files: readonly KnownFile[]): PlannedShare[] {
  const names = distinctNames(files.map(({ name }) => name));
  const [title] = names;
  if (title === undefined) return [];
  const named = files.map(({ file, handle }, index) => ({ name: names[index]!, file, handle }));
  return [
    {
      title,
      kind: 'files',
      handles: named.flatMap(({ name, handle }) => (handle ? [{ name, handle }] : [])),
      files: named.flatMap(({ name, file, handle }) => (handle ? [] : [{ path: [name], file }])),
    },
  ];
}

async function folderShare(
  { name, read, handle }: BroughtFolder,
  reading: (title: string) => ReadOptions,
): Promise<PlannedShare | null> {
  const lasting = (await handle) ?? null;
  if (lasting) return { title: name, kind: 'folder', handles: [{ name, handle: lasting }], files: [] };
  const { files } = await read(reading(name));
  return files.length > 0 ? folderOf(name, files) : null;
}

function folderOf(title: string, files: readonly OutgoingFile[]): PlannedShare {
  return { title, kind: 'folder', handles: [], files: [...files] };
}
