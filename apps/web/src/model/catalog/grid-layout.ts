// How the rows of the catalog are laid out, and how high they are for that: arithmetic over rows counts on it.

/** On a phone one column holds it all; in a folder everything is of one person. */
export type GridLayout = 'search' | 'folder' | 'narrow';

export const ROW_HEIGHT_PX: Record<GridLayout, number> = { search: 56, folder: 48, narrow: 64 };
