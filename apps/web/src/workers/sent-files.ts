// The files of what is sent, at hand again after a reload: opened where the browser allows it, or chosen again by the user.
// Says what is missing or different; knows no link.
import type { Bundle, Outgoing } from '@ferry/webrtc-core';
import type { LockedHandle, OutgoingFile, Problem, SourceHandle } from '../adapters/engine-contract.ts';
import type { SentBundles } from './sent-bundles.ts';
import { accessTo, areReopenable, chosenBundle, firstChanged, handleBundle } from './source-files.ts';
import type { SendRow } from './transfer-row.ts';

/** Of a folder of a hundred thousand files the rest is checked when it is read. */
const FILES_CHECKED_AT_ONCE = 256;

export interface SentFilesOptions {
  sends: SentBundles;
  touch: () => void;
}

export class SentFiles {
  readonly #options: SentFilesOptions;

  constructor(options: SentFilesOptions) {
    this.#options = options;
  }

  /** Files that were chosen again: the same, or the problem says which are not. */
  async supply(row: SendRow, files: OutgoingFile[], handles: SourceHandle[]): Promise<void> {
    const { transfer } = row;
    const { manifest } = transfer;
    const needed = new Set((transfer.chosen ?? manifest).entries);
    const chosen = chosenBundle(manifest, needed, files);
    const problem = 'manifest' in chosen ? await differenceIn(transfer, chosen) : problemOf(chosen);
    if (problem || !('manifest' in chosen)) row.problem = problem;
    else {
      await this.#options.sends.change(row.transferId, { handles });
      row.survivesReload = areReopenable(manifest, handles);
      row.problem = undefined;
      transfer.bundle = chosen;
    }
    this.#options.touch();
  }

  lockedHandles(row: SendRow): LockedHandle[] {
    const handles = this.#options.sends.get(row.transferId)?.handles ?? [];
    return handles.map(({ handle }) => ({ handle, mode: 'read' }));
  }

  /** Opens the files again as far as the browser allows; the problem says what is missing. */
  async reopen(row: SendRow): Promise<void> {
    const { transfer } = row;
    const fileName = transfer.manifest.entries[0]?.path.at(-1);
    const about = fileName === undefined ? {} : { fileName };
    const handles = this.#options.sends.get(row.transferId)?.handles ?? [];
    const access = areReopenable(transfer.manifest, handles) ? await accessTo(handles) : 'denied';
    const differs =
      access === 'granted' ? await firstChanged(transfer.manifest, handles, FILES_CHECKED_AT_ONCE) : undefined;
    if (access !== 'granted') row.problem = { code: access === 'prompt' ? 'files-locked' : 'files-needed', ...about };
    else if (differs !== undefined) row.problem = { code: 'files-differ', fileName: differs };
    else {
      const bundle = handleBundle(transfer.manifest, handles);
      row.problem = await differenceIn(transfer, bundle);
      if (!row.problem) transfer.bundle = bundle;
    }
    this.#options.touch();
  }
}

function problemOf(wrong: { missing: string } | { differs: string }): Problem {
  if ('missing' in wrong) return { code: 'files-needed', fileName: wrong.missing };
  return { code: 'files-differ', fileName: wrong.differs };
}

/** In a sample of what was sent before. */
async function differenceIn(transfer: Outgoing, bundle: Bundle): Promise<Problem | undefined> {
  const name = await transfer.differenceIn(bundle).catch(() => transfer.manifest.entries[0]?.path.at(-1));
  return name === undefined ? undefined : { code: 'files-differ', fileName: name };
}
