import type { SearchRequest, SearchResult } from '@ferry/shared';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogOnDisk, contentId, file, someone, type TestCatalog, viewer } from '../../testing/catalog-on-disk.ts';
import { type NaiveEntry, naiveHasPhrase, naiveHasWord, naiveIsVisible } from '../../testing/naive-search.ts';
import type { CatalogDevice, Viewer } from '../catalog-index.ts';

const PEOPLE = Array.from({ length: 4 }, someone);
const WORDS =
  'report annual Reporter ort plan a an 2024 20 v2 Straße Łódź отчёт Ёлка Σίσυφος 会议 年度会议 รายงาน نَص تقرير 보고서 が 🎉 C++ 100% a_b'.split(
    ' ',
  );
const EXTENSIONS = ['pdf', 'txt', 'jpg', ''];

const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 });
const names = fc
  .tuple(words, fc.constantFrom(' ', '_', '-', ''), fc.constantFrom(...EXTENSIONS))
  .map(([parts, between, extension]) => parts.join(between) + (extension && `.${extension}`));
const files = fc.record({
  name: names,
  sizeBytes: fc.constantFrom(0, 1, 999, 1000, 1001, 1_000_000),
  modifiedMs: fc.constantFrom(0, Date.UTC(2023, 11, 31), Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 1) - 1),
  content: fc.option(fc.integer({ min: 1, max: 5 })),
});
const shares = fc.record({
  owner: fc.nat(PEOPLE.length - 1),
  audience: fc.option(fc.uniqueArray(fc.nat(PEOPLE.length - 1), { minLength: 1, maxLength: 2 })),
  files: fc.uniqueArray(files, { maxLength: 12, selector: ({ name }) => name }),
});
const catalogs = fc.array(shares, { minLength: 1, maxLength: 5 });

/** Parts of a query, and what each means of one entry. */
const typed = fc.oneof(
  fc.constantFrom(...WORDS),
  fc
    .tuple(fc.constantFrom(...WORDS), fc.nat(3), fc.nat(4))
    .map(([word, from, to]) => [...word].slice(from, from + to).join('') || word),
);
const isWord = (text: string) => /[\p{L}\p{N}\p{So}]/u.test(text) && !/^[<>-]/.test(text);
const parts = fc.oneof(
  {
    weight: 4,
    arbitrary: typed
      .filter(isWord)
      .map((word) => ({ text: word, accepts: ({ name }: NaiveEntry) => naiveHasWord(name, word) })),
  },
  typed
    .filter(isWord)
    .map((word) => ({ text: `-${word}`, accepts: ({ name }: NaiveEntry) => !naiveHasWord(name, word) })),
  fc
    .array(fc.constantFrom('report', 'annual', 'plan', '2024', 'отчёт'), { minLength: 2, maxLength: 3 })
    .map((phrase) => ({
      text: `"${phrase.join(' ')}"`,
      accepts: ({ name }: NaiveEntry) => naiveHasPhrase(name, phrase),
    })),
  fc
    .constantFrom('pdf', 'txt')
    .map((type) => ({ text: `type:${type}`, accepts: ({ extension }: NaiveEntry) => extension === type })),
  fc.constant({ text: 'type:image', accepts: ({ extension }: NaiveEntry) => extension === 'jpg' }),
  fc.constant({ text: '>=1kB', accepts: ({ sizeBytes }: NaiveEntry) => sizeBytes >= 1000 }),
  fc.constant({ text: '<1kB', accepts: ({ sizeBytes }: NaiveEntry) => sizeBytes < 1000 }),
  fc.constant({ text: 'after:2024', accepts: ({ modifiedMs }: NaiveEntry) => modifiedMs >= Date.UTC(2024) }),
  fc.constant({ text: 'before:2024-01-01', accepts: ({ modifiedMs }: NaiveEntry) => modifiedMs < Date.UTC(2024) }),
  fc
    .nat(PEOPLE.length - 1)
    .map((at) => ({ text: `owner:p${at}`, accepts: ({ ownerId }: NaiveEntry) => ownerId === PEOPLE[at]!.userId })),
);
const queries = fc.record({
  parts: fc.uniqueArray(parts, { maxLength: 3, selector: ({ text }) => text.replace(/^-|:.*/g, '') }),
  viewer: fc.nat(PEOPLE.length),
  order: fc.constantFrom('relevance' as const, 'name' as const, 'size' as const, 'modified' as const),
  isDescending: fc.boolean(),
  limit: fc.integer({ min: 1, max: 7 }),
});

type WantedShare = typeof shares extends fc.Arbitrary<infer Share> ? Share : never;

async function publish(catalog: TestCatalog, wanted: readonly WantedShare[]): Promise<NaiveEntry[]> {
  const entries: NaiveEntry[] = [];
  for (const { owner, audience, files: listed } of wanted) {
    const device = PEOPLE[owner] as CatalogDevice;
    const userIds = audience?.map((at) => PEOPLE[at]!.userId) ?? null;
    const shareId = await catalog.share(device, {
      kind: 'files',
      audience: userIds ? { type: 'chosen', userIds } : { type: 'everyone' },
    });
    const published = listed.map(({ name, sizeBytes, modifiedMs, content }) =>
      file(name, sizeBytes, modifiedMs, content),
    );
    await catalog.put(device, shareId, ...published);
    for (const one of listed) {
      const extension = /\.(pdf|txt|jpg)$/.exec(one.name)?.[1] ?? '';
      entries.push({ ...one, extension, ownerId: device.userId, audience: userIds, shareId });
    }
  }
  return entries;
}

const OWNERS = PEOPLE.map(({ userId }, at) => ({ userId, usernameKey: `p${at}` }));

function allPages(catalog: TestCatalog, who: Viewer, request: Omit<SearchRequest, 'cursor'>) {
  const results: SearchResult[] = [];
  const totals = new Set<string>();
  let cursor: string | null = null;
  do {
    const page = catalog.reader.search(who, { ...request, cursor }, OWNERS);
    expect(page.results.length).toBeLessThanOrEqual(request.limit);
    results.push(...page.results);
    totals.add(JSON.stringify(page.total));
    cursor = page.next;
  } while (cursor);
  return { results, totals: [...totals].map((total) => JSON.parse(total)) };
}

/** Equal contents are one. */
function identity(entry: { contentId: string | null; shareId: string; name: string }): string {
  return entry.contentId ?? `${entry.shareId} ${entry.name}`;
}

test('what is found is what looking at everything finds: all of it, once, and nothing that may not be seen', async () => {
  await fc.assert(
    fc.asyncProperty(catalogs, fc.array(queries, { minLength: 5, maxLength: 20 }), async (wanted, asked) => {
      const catalog = catalogOnDisk();
      const entries = await publish(catalog, wanted);
      for (const { parts: typedParts, viewer: at, ...request } of asked) {
        const who = viewer(PEOPLE[at] ?? someone(), PEOPLE[0] as CatalogDevice);
        const query = typedParts.map(({ text }) => text).join(' ');
        const expected = entries
          .filter((entry) => naiveIsVisible(entry, who.userId) && typedParts.every(({ accepts }) => accepts(entry)))
          .map(({ content, ...entry }) =>
            identity({ ...entry, contentId: content === null ? null : contentId(content) }),
          );
        const { results, totals } = allPages(catalog, who, { query, ...request });
        const found = results.map(identity);
        expect({ query, found: found.toSorted() }).toEqual({ query, found: [...new Set(expected)].sort() });
        expect(totals).toEqual([{ count: found.length, isExact: true }]);
      }
    }),
    { numRuns: 25 },
  );
});
