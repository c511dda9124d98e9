// Staged items as one bundle: its title, and paths of which no two are the same. Pure.
import type { OutgoingFile, SendRequest } from '../../adapters/engine-contract.ts';
import type { StagedItem } from './staged-item.ts';

export function bundleOf(items: readonly StagedItem[]): Omit<SendRequest, 'toUserId'> {
  const sendable = items.filter(({ files }) => files.length > 0);
  const names = distinctNames(sendable.map(({ name }) => name));
  return {
    title: names[0] ?? '',
    itemCount: sendable.length,
    files: sendable.flatMap(({ files }, index) => renamed(inOrder(files), names[index]!)),
    handles: sendable.flatMap(({ handle }, index) => (handle ? [{ name: names[index]!, handle }] : [])),
  };
}

const NATURAL = new Intl.Collator(undefined, { numeric: true });

/** Browsers hand out a folder in the order of its disk; people expect page 9 before page 10. */
function inOrder(files: readonly OutgoingFile[]): readonly OutgoingFile[] {
  const keyed = files.map((file) => ({ file, key: file.path.join('/') }));
  return keyed.sort((a, b) => NATURAL.compare(a.key, b.key)).map(({ file }) => file);
}

/** The second "a.txt" becomes "a (2).txt": both would land in one folder, where case may not tell them apart. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let copy = 2; taken.has(free.toLowerCase()); copy++) free = numbered(name, copy);
    taken.add(free.toLowerCase());
    return free;
  });
}

function numbered(name: string, copy: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (${copy})${name.slice(dot)}` : `${name} (${copy})`;
}

function renamed(files: readonly OutgoingFile[], name: string): readonly OutgoingFile[] {
  if (files[0]?.path[0] === name) return files;
  return files.map(({ path, file }) => ({ path: [name, ...path.slice(1)], file }));
}
