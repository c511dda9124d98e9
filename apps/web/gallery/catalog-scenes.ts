// The catalog in every state worth looking at.
import type { ShareSnapshot } from '../src/adapters/catalog-contract.ts';
import type { EngineSnapshot } from '../src/adapters/engine-contract.ts';
import { useCatalogDetails } from '../src/stores/catalog-details.ts';
import { inventedCatalog, inventedEntry } from './invented-catalog.ts';
import { colleagues } from './invented-people.ts';
import { received, receiving, request, sending, stalledSend, transfer } from './invented-transfers.ts';
import type { Scene } from './scene.ts';

/** Transfers with everybody, so that everybody's route is known. */
const routes = (['lan', 'direct', 'relayed', 'lan'] as const).map((route, index) =>
  transfer({ status: 'done', route, peer: colleagues[index + 2]!, title: `note ${index}.txt` }),
);
const snapshot: Partial<EngineSnapshot> = {
  transfers: [request, receiving, sending, stalledSend, received, ...routes],
};
const base: Scene = {
  path: '/catalog',
  isSignedIn: true,
  people: colleagues,
  snapshot,
  catalog: inventedCatalog({ fileCount: 100_000 }),
};

function whenThere(selector: string, act: (element: HTMLElement) => void): void {
  const found = document.querySelector<HTMLElement>(selector);
  if (found) act(found);
  else setTimeout(whenThere, 50, selector, act);
}
function select(...names: number[]): void {
  whenThere('[role="grid"] input', () => {
    const boxes = document.querySelectorAll<HTMLInputElement>('[role="grid"] input');
    for (const index of names) boxes[index]?.click();
  });
}
function sharedHere(): ShareSnapshot {
  return {
    shareId: 'share-0',
    title: 'Design',
    kind: 'folder',
    audience: { type: 'everyone' },
    rules: { includesHidden: false, ignore: [] },
    createdAt: Date.now(),
    status: 'listed',
    foundCount: 100_000,
    publishedCount: 100_000,
    verifiedCount: 71_204,
    totalBytes: 4e9,
    skippedCount: 0,
    scannedAt: Date.now(),
    survivesReload: true,
  };
}
function press(label: RegExp): void {
  whenThere('[role="grid"] tbody button', () => {
    const buttons = [...document.querySelectorAll<HTMLElement>('[role="grid"] button')];
    buttons.find(({ ariaLabel }) => label.test(ariaLabel ?? ''))?.click();
  });
}

export const catalogScenes: Record<string, Scene> = {
  catalog: base,
  'catalog-matches': { ...base, path: '/catalog?q=harbor budget' },
  'catalog-filters': {
    ...base,
    path: '/catalog?q=harbor owner:Grcae -draft&type=spreadsheet,pdf&min=1000000&age=month',
  },
  'catalog-many': { ...base, catalog: inventedCatalog({ fileCount: 100_000, countsTo: 2000 }) },
  'catalog-no-match': { ...base, path: '/catalog?q=quarterly type:pdf&type=image&available=1' },
  'catalog-no-match-plain': { ...base, path: '/catalog?q=quarterly' },
  'catalog-empty': { ...base, catalog: inventedCatalog({ fileCount: 0 }) },
  'catalog-offline': { ...base, people: colleagues.map((person) => ({ ...person, devices: [] })) },
  'catalog-selection': { ...base, after: () => select(1, 3, 4) },
  'catalog-downloading': { ...base, after: () => press(/^Download/) },
  'catalog-held': { ...base, isHeld: true },
  'catalog-mine': { ...base, snapshot: { ...snapshot, shares: [sharedHere()] } },
  'catalog-details': { ...base, after: () => useCatalogDetails().show(inventedEntry(2)) },
  'catalog-details-unverified': { ...base, after: () => useCatalogDetails().show(inventedEntry(7)) },
  'catalog-browse': { ...base, path: '/catalog/browse' },
  'catalog-folder': { ...base, path: '/catalog/browse/share-0' },
  'catalog-folder-deep': { ...base, path: '/catalog/browse/share-0/Selects/Day%2001/Camera%20B?order=-size' },
  'catalog-folder-as-others': { ...base, path: '/catalog/browse/share-0?as=others' },
  'catalog-folder-empty': {
    ...base,
    path: '/catalog/browse/share-0',
    catalog: inventedCatalog({ fileCount: 9, folderCount: 0 }),
  },
};
