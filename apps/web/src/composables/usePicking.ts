// Picking files or a folder from a click on a file input: by the browser's own picker where there is one, for what
// comes out of that can be opened again after a reload; else, and for tests, by the input itself.
import { ref } from 'vue';
import { hasPickers, pickFiles, pickSourceFolder } from '../adapters/pick-files.ts';
import { type Brought, broughtFiles } from '../model/staging/brought.ts';
import { broughtByFilePicker, broughtByFolderPicker } from '../model/staging/from-picker.ts';
import { useToasts } from '../stores/toasts.ts';
import { useWords } from './useWords.ts';

export interface UsePickingOptions {
  isFolder: boolean;
  multiple: boolean;
  onPick: (brought: Brought) => void;
}

export function usePicking(options: () => UsePickingOptions) {
  const toasts = useToasts();
  const { t } = useWords();
  const isPicking = ref(false);

  /** The input's `click`, which its label gives it too. */
  async function clicked(event: Event): Promise<void> {
    if (!hasPickers()) return;
    event.preventDefault();
    // A second click must not ask for a second picker, which the browser refuses.
    if (isPicking.value) return;
    isPicking.value = true;
    try {
      const brought = await (options().isFolder ? broughtFolder() : broughtPicked());
      if (brought) options().onPick(brought);
    } catch {
      toasts.show({ tone: 'danger', text: t('composer.problem.pickFailed') });
    } finally {
      isPicking.value = false;
    }
  }

  async function broughtPicked(): Promise<Brought | null> {
    const handles = await pickFiles({ multiple: options().multiple });
    return handles && broughtByFilePicker(handles);
  }
  async function broughtFolder(): Promise<Brought | null> {
    const handle = await pickSourceFolder();
    return handle && broughtByFolderPicker(handle);
  }

  /** The input's `change`. */
  function changed({ currentTarget }: Event): void {
    const input = currentTarget as HTMLInputElement;
    options().onPick(broughtFiles(input.files ?? []));
    // The same file picked again is a change again.
    input.value = '';
  }

  return { clicked, changed };
}
