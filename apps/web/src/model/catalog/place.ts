// Where an entry of the catalog is, for keys, for words and for addresses. Pure; knows no server.
import type { CatalogEntry, CatalogPlace } from '@ferry/shared';

/** The same for the same file or folder of the same share, and no other. */
export function keyOf({ shareId, path }: CatalogPlace): string {
  return `${shareId}/${path}`;
}

/** The folder that holds it; of the share itself, the share. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** What people are shown: the share's title, then the folders down to it, without its own name. */
export function placeParts({ shareTitle, path }: Pick<CatalogEntry, 'shareTitle' | 'path'>): string[] {
  if (path === '') return [];
  return [...(shareTitle === null ? [] : [shareTitle]), ...path.split('/').slice(0, -1)];
}

/** `/catalog/browse/<share>/<path…>`, whatever characters the path has. */
export function browseAddress({ shareId, path }: CatalogPlace): string {
  const segments = path === '' ? [] : path.split('/').map(encodeURIComponent);
  return ['/catalog/browse', shareId, ...segments].join('/');
}

export interface Crumb {
  name: string;
  path: string;
}

/** Every folder from the share down to the path, itself included. */
export function crumbsOf(title: string, path: string): Crumb[] {
  const segments = path === '' ? [] : path.split('/');
  const below = segments.map((name, index) => ({ name, path: segments.slice(0, index + 1).join('/') }));
  return [{ name: title, path: '' }, ...below];
}
