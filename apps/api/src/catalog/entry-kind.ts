// The extension of a name. What it means to people is catalog-kind.ts's, which browsers use too.

/** As long as a filter for it may be. */
const EXTENSION_CHARACTERS = 16;

/**
 * Lower case, without the dot; empty when there is none. A name that only begins with a dot has none.
 *
 * @example extensionOf('Report.PDF') === 'pdf'
 */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return '';
  const extension = name.slice(dot + 1).toLowerCase();
  return extension.length > EXTENSION_CHARACTERS || /\s/.test(extension) ? '' : extension;
}
