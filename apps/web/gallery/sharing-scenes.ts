// Everything about sharing, serving and saved searches that is worth looking at.
import type { CatalogEvent, SavedSearch } from '@ferry/shared';
import { DEFAULT_SERVING } from '../src/adapters/catalog-contract.ts';
import { useSharing } from '../src/stores/sharing.ts';
import { fetching, fromSeveral, serving } from './catalog-transfers.ts';
import { inventedCatalog } from './invented-catalog.ts';
import { press } from './invented-checks.ts';
import { elsewhere, endedShares } from './invented-elsewhere.ts';
import { colleagues, person } from './invented-people.ts';
import { everyShare, locked, needing, twoShares } from './invented-sharing.ts';
import type { Scene } from './scene.ts';

const invented = inventedCatalog({ fileCount: 100_000 });
const catalog: Scene = { path: '/catalog', isSignedIn: true, people: colleagues, catalog: invented };
const fetchedOften = { settings: DEFAULT_SERVING, downloadCounts: { 'share-1': 12 } };

function openPanel(): void {
  useSharing().isPanelOpen = true;
}
/** As it is right after sharing. */
function justShared(): void {
  const sharing = useSharing();
  sharing.isPanelOpen = true;
  sharing.newIds = new Set(sharing.shares.map(({ shareId }) => shareId));
}
/** Opens whatever is folded, so that one picture shows it. */
function unfold(): void {
  openPanel();
  const folded = document.querySelectorAll<HTMLDetailsElement>('main details');
  if (folded.length === 0) setTimeout(unfold, 50);
  for (const one of folded) one.open = true;
}
function pressInPanel(...names: string[]): void {
  openPanel();
  for (const [index, name] of names.entries()) setTimeout(press, 300 * (index + 1), name);
}
function openDetails(): void {
  const wire = document.querySelector<HTMLElement>('[aria-controls$="-details"]');
  if (wire) wire.click();
  else setTimeout(openDetails, 50);
}
function chooseSome(): void {
  pressInPanel('Change who may find it');
}

const savedSearches: SavedSearch[] = [
  { savedSearchId: 'a', query: 'budget type:xlsx', createdAt: 1, newCount: 3 },
  { savedSearchId: 'b', query: '"annual report" -draft', filters: { kinds: ['pdf'] }, createdAt: 2, newCount: 0 },
  { savedSearchId: 'c', query: '', filters: { minBytes: 1e9, kinds: ['video'] }, createdAt: 3, newCount: 100 },
];

const keeping = { ...invented, savedSearches: async () => savedSearches };
const news: CatalogEvent = {
  type: 'new-matches',
  savedSearchId: 'a',
  query: 'budget type:xlsx',
  newCount: 4,
  firstName: 'Harbor budget 94.xlsx',
};
function telling(listener: (event: CatalogEvent) => void): () => void {
  const timer = setTimeout(listener, 500, news);
  return () => clearTimeout(timer);
}

export const sharingScenes: Record<string, Scene> = {
  'share-menu': { ...catalog, after: () => press('Share something') },
  'shares-empty': { ...catalog, after: openPanel },
  'shares-just-shared': { ...catalog, snapshot: { shares: twoShares.slice(0, 1) }, after: justShared },
  shares: {
    ...catalog,
    snapshot: { shares: twoShares, transfers: serving, serving: fetchedOften },
    after: openPanel,
  },
  'shares-elsewhere': { ...catalog, snapshot: { shares: twoShares }, elsewhere, after: openPanel },
  'shares-elsewhere-only': { ...catalog, elsewhere: elsewhere.slice(0, 1), after: openPanel },
  'share-elsewhere-stop': {
    ...catalog,
    elsewhere: elsewhere.slice(0, 1),
    after: () => pressInPanel('Stop sharing'),
  },
  'shares-ended': { ...catalog, snapshot: { endedShares: endedShares.slice(0, 1) } },
  'shares-ended-many': { ...catalog, snapshot: { shares: twoShares, endedShares }, after: openPanel },
  'shares-every-state': { ...catalog, snapshot: { shares: everyShare }, after: openPanel },
  'shares-needing-me': { ...catalog, snapshot: { shares: needing } },
  'shares-locked': { ...catalog, snapshot: { shares: locked } },
  'shares-locked-open': { ...catalog, snapshot: { shares: locked }, after: openPanel },
  serving: {
    ...catalog,
    snapshot: {
      shares: twoShares.slice(0, 1),
      transfers: serving,
      serving: { ...fetchedOften, settings: { ...DEFAULT_SERVING, isPaused: true } },
    },
    after: unfold,
  },
  'share-audience-everyone': {
    ...catalog,
    snapshot: { shares: twoShares.slice(0, 1) },
    after: () => pressInPanel('Change who may find it'),
  },
  'share-audience-chosen': { ...catalog, snapshot: { shares: twoShares.slice(1) }, after: chooseSome },
  'share-audience-many-people': {
    ...catalog,
    people: Array.from({ length: 300 }, (_, index) => person(`user-${index}`)),
    snapshot: {
      shares: [
        {
          ...twoShares[1]!,
          audience: { type: 'chosen', userIds: Array.from({ length: 40 }, (_, n) => `user-user-${n}`) },
        },
      ],
    },
    after: chooseSome,
  },
  'share-left-out': {
    ...catalog,
    snapshot: { shares: [{ ...twoShares[0]!, rules: { includesHidden: false, ignore: ['node_modules', '*.tmp'] } }] },
    after: () => pressInPanel('What is left out'),
  },
  'share-stop': {
    ...catalog,
    snapshot: { shares: twoShares.slice(0, 1) },
    after: () => pressInPanel('Stop sharing'),
  },
  'saved-searches': { ...catalog, path: '/catalog?q=harbor', catalog: keeping },
  'saved-search-news': {
    ...catalog,
    path: '/',
    catalog: { ...keeping, watch: (listener) => telling(listener) },
  },
  'catalog-fetching': { ...catalog, path: '/', snapshot: { transfers: fetching } },
  'catalog-sources': { ...catalog, path: '/', snapshot: { transfers: [fromSeveral] }, after: openDetails },
  'catalog-serving': { ...catalog, path: '/', snapshot: { transfers: serving } },
};
