// Where received files are saved to, and what has been saved in this session. The saver does the work; this
// remembers what it said.
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ConflictPolicy, SaveOutcome, SaveProgress, SaveTarget } from '../adapters/save-contract.ts';
import { useSession } from './session.ts';

export type SaveState =
  | { phase: 'saving'; percent: number }
  | { phase: 'saved' }
  | { phase: 'skipped' }
  | { phase: 'failed' };

type SaveWork = (onProgress: (progress: SaveProgress) => void) => Promise<SaveOutcome>;

export const useSaving = defineStore('saving', () => {
  const session = useSession();
  const target = shallowRef<SaveTarget>({ kind: 'download', conflictPolicy: 'rename' });
  const states = shallowRef<ReadonlyMap<string, SaveState>>(new Map());
  const canPickFolder = computed(() => session.canPickFolder);
  const saver = () => session.desk().saver;

  async function load(): Promise<void> {
    target.value = await saver().target();
  }
  async function pickFolder(): Promise<void> {
    target.value = await saver().pickFolder();
  }
  async function useDownloads(): Promise<void> {
    target.value = await saver().useDownloads();
  }
  async function setConflictPolicy(policy: ConflictPolicy): Promise<void> {
    target.value = await saver().setConflictPolicy(policy);
  }

  /** Call from a click: the browser may ask for the folder again. */
  function saveEntry(transferId: string, index: number): Promise<SaveOutcome> {
    return saved(entryKey(transferId, index), (onProgress) => saver().saveEntry(transferId, index, onProgress));
  }
  function saveBundle(transferId: string): Promise<SaveOutcome> {
    return saved(transferId, (onProgress) => saver().saveBundle(transferId, onProgress));
  }

  async function saved(key: string, work: SaveWork): Promise<SaveOutcome> {
    note(key, { phase: 'saving', percent: 0 });
    try {
      const outcome = await work((progress) => note(key, { phase: 'saving', percent: percentOf(progress) }));
      note(key, { phase: outcome.saved === 0 && outcome.skipped > 0 ? 'skipped' : 'saved' });
      return outcome;
    } catch (error) {
      note(key, { phase: 'failed' });
      throw error;
    }
  }

  function note(key: string, state: SaveState): void {
    states.value = new Map(states.value).set(key, state);
  }
  function entryState(transferId: string, index: number): SaveState | undefined {
    return (
      states.value.get(entryKey(transferId, index)) ??
      (bundleState(transferId)?.phase === 'saved' ? { phase: 'saved' } : undefined)
    );
  }
  function bundleState(transferId: string): SaveState | undefined {
    return states.value.get(transferId);
  }
  /** Something of the bundle was saved since the page was opened. */
  function isTouched(transferId: string): boolean {
    return [...states.value].some(
      ([key, { phase }]) => (key === transferId || key.startsWith(`${transferId}/`)) && phase === 'saved',
    );
  }

  return {
    target,
    canPickFolder,
    load,
    pickFolder,
    useDownloads,
    setConflictPolicy,
    saveEntry,
    saveBundle,
    entryState,
    bundleState,
    isTouched,
  };
});

function entryKey(transferId: string, index: number): string {
  return `${transferId}/${index}`;
}

function percentOf({ savedBytes, totalBytes }: SaveProgress): number {
  return totalBytes === 0 ? 0 : Math.floor((savedBytes / totalBytes) * 100);
}
