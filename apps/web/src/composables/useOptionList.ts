// Which option of a combobox is active, and how the arrow keys move it: the editable combobox of the ARIA Authoring
// Practices. Reka's combobox hides the rest of the page from assistive technology while it is open, Send button
// included; this list is no dialog. Knows no people.
import { type ComputedRef, computed, type Ref, ref, watch } from 'vue';

export interface UseOptionListReturn<Option> {
  isOpen: Ref<boolean>;
  activeIndex: Ref<number>;
  active: ComputedRef<Option | undefined>;
  open: () => void;
  close: () => void;
  /** Moves by so many, around the ends. */
  move: (step: number) => void;
}

export function useOptionList<Option>(
  options: ComputedRef<readonly Option[]>,
  firstActive: () => number,
): UseOptionListReturn<Option> {
  const isOpen = ref(false);
  const activeIndex = ref(-1);
  const active = computed(() => (isOpen.value ? options.value[activeIndex.value] : undefined));

  // Other options, or the same anew: what was active before means nothing any more.
  watch([isOpen, options], () => {
    activeIndex.value = isOpen.value ? firstActive() : -1;
  });

  function move(step: number): void {
    const { length } = options.value;
    if (!isOpen.value) isOpen.value = true;
    else if (length > 0) activeIndex.value = (activeIndex.value + step + length) % length;
  }

  return {
    isOpen,
    activeIndex,
    active,
    open: () => {
      isOpen.value = true;
    },
    close: () => {
      isOpen.value = false;
    },
    move,
  };
}
