// Files dragged over an element and dropped on it. Knows nothing of what becomes of them.
import { useEventListener } from '@vueuse/core';
import { type MaybeRefOrGetter, type Ref, ref } from 'vue';
import type { Brought } from '../model/staging/brought.ts';
import { broughtByDrop, holdsFiles } from '../model/staging/from-data-transfer.ts';

export interface UseFileDropReturn {
  isOver: Readonly<Ref<boolean>>;
}

/** The innermost target takes the drop; those around it see the drag, but not the drop. */
export function useFileDrop(
  target: MaybeRefOrGetter<EventTarget | null | undefined>,
  onDrop: (brought: Brought) => void,
): UseFileDropReturn {
  const isOver = ref(false);
  // dragenter comes for each child before the dragleave of the one left: only a count tells when it is over.
  let depth = 0;

  useEventListener(target, 'dragenter', (event: DragEvent) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth++;
    isOver.value = true;
  });
  useEventListener(target, 'dragleave', (event: DragEvent) => {
    if (!holdsFiles(event.dataTransfer)) return;
    depth = Math.max(0, depth - 1);
    isOver.value = depth > 0;
  });
  useEventListener(target, 'dragover', (event: DragEvent) => {
    if (!holdsFiles(event.dataTransfer) || !event.dataTransfer) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  useEventListener(target, 'drop', (event: DragEvent) => {
    depth = 0;
    isOver.value = false;
    if (!holdsFiles(event.dataTransfer) || !event.dataTransfer || event.defaultPrevented) return;
    event.preventDefault();
    onDrop(broughtByDrop(event.dataTransfer));
  });

  return { isOver };
}
