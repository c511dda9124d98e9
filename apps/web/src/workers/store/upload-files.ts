// The files of an upload, at hand again after a reload: opened where the browser allows it, or chosen again by the user.
// Says what is missing or different; knows no server.
import { type Bundle, ContentError, type Manifest } from '@ferry/webrtc-core';
import { StripeCipher } from '@ferry/webrtc-core/erasure';
import type { OutgoingFile, SourceHandle } from '../../adapters/picked-files-contract.ts';
import type { UploadProblem, UploadStatus } from '../../adapters/store-contract.ts';
import { accessTo, areReopenable, chosenBundle, firstChanged, handleBundle } from '../source-files.ts';
import { PlainStream } from './plain-stream.ts';
import type { UploadRecord } from './store-database.ts';
import { differs } from './upload-difference.ts';
import type { UploadTags } from './upload-tags.ts';

/** Of a folder of a hundred thousand files the rest is checked when it is read. */
const FILES_CHECKED_AT_ONCE = 256;

export interface UploadedFiles {
  record: Pick<UploadRecord, 'versionId' | 'key' | 'code' | 'handles'>;
  manifest: Manifest;
  tags: UploadTags;
}

/** Why they are not at hand. */
export interface FilesMissing {
  status: Extract<UploadStatus, 'files-needed' | 'files-locked'>;
  problem?: UploadProblem;
}

/** Opens the files again as far as the browser allows. */
export async function reopened(files: UploadedFiles): Promise<PlainStream | FilesMissing> {
  const { manifest, record } = files;
  const { handles } = record;
  const access = areReopenable(manifest, handles) ? await accessTo(handles) : 'denied';
  if (access !== 'granted') return { status: access === 'prompt' ? 'files-locked' : 'files-needed' };
  const changed = await firstChanged(manifest, handles, FILES_CHECKED_AT_ONCE);
  if (changed !== undefined) return missing('files-differ', changed);
  return checked(files, handleBundle(manifest, handles));
}

/** Files that were chosen again: the same, or what is said is which are not. */
export async function supplied(
  files: UploadedFiles,
  chosen: readonly OutgoingFile[],
): Promise<PlainStream | FilesMissing> {
  const { manifest } = files;
  const bundle = chosenBundle(manifest, new Set(manifest.entries), chosen);
  if ('missing' in bundle) return missing('files-differ', bundle.missing);
  if ('differs' in bundle) return missing('files-differ', bundle.differs);
  return checked(files, bundle);
}

/** Of handles, those that are for these files. */
export function handlesOf({ entries }: Manifest, handles: readonly SourceHandle[]): SourceHandle[] {
  const names = new Set(entries.map(({ path }) => path[0]));
  return handles.filter(({ name }) => names.has(name));
}

/** They may look the same and not be: what was encrypted before must not be encrypted otherwise. */
async function checked({ record, manifest, tags }: UploadedFiles, bundle: Bundle): Promise<PlainStream | FilesMissing> {
  const { versionId, key, code } = record;
  const stream = new PlainStream(bundle);
  if (!code) return stream;
  const before = { cipher: new StripeCipher(key, versionId), tags: tags.known, k: code.k };
  try {
    return (await differs(stream, before)) ? missing('files-differ', nameOf(manifest, 0)) : stream;
  } catch (error) {
    const entry = error instanceof ContentError ? error.entry : undefined;
    return missing('files-differ', nameOf(manifest, entry ?? 0));
  }
}

export function nameOf({ entries }: Manifest, entry: number): string | undefined {
  return entries[entry]?.path.at(-1);
}

function missing(code: UploadProblem['code'], fileName: string | undefined): FilesMissing {
  return { status: 'files-needed', problem: { code, ...(fileName !== undefined && { fileName }) } };
}
