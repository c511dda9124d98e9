import { describe, expect, test } from 'vitest';
import { catalogOnDisk, codeOf, file, someone, type TestCatalog, viewer } from '../../testing/catalog-on-disk.ts';
import type { CatalogDevice, Viewer } from '../catalog-index.ts';

const NOBODY = viewer();

function names(catalog: TestCatalog, query: string, who: Viewer = NOBODY, more = {}): string[] {
  return catalog.reader.search(who, { query, limit: 100, ...more }, []).results.map(({ name }) => name);
}

async function listed(...paths: string[]): Promise<TestCatalog> {
  const catalog = catalogOnDisk();
  const owner = someone();
  const shareId = await catalog.share(owner, { kind: 'files' });
  await catalog.put(owner, shareId, ...paths.map((path) => file(path)));
  return catalog;
}

describe('words', () => {
  const present: [query: string, name: string][] = [
    ['rep', 'Annual Report.pdf'],
    ['PORT nual', 'Annual Report.pdf'],
    ['"annual report"', 'annual_report (final).pdf'],
    ['strasse', 'Hauptstraße.txt'],
    ['LODZ', 'Łódź.txt'],
    ['отчет', 'Годовой отчёт.docx'],
    ['ΣΊΣΥΦΟΣ', 'Σίσυφος.txt'],
    ['议', '年度会议记录.txt'],
    ['会议', '年度会议记录.txt'],
    ['會議記', '會議記錄.txt'],
    ['งาน', 'รายงานประจำปี.pdf'],
    ['าน', 'รายงานประจำปี.pdf'],
    ['تقرير', 'تَقْرِير.pdf'],
    ['보고', '연간보고서.hwp'],
    ['고서', '연간보고서.hwp'],
    ['🎉', 'Party 🎉🎂.jpg'],
    ['🎂', 'Party 🎉🎂.jpg'],
    ['२०२४', 'रिपोर्ट २०२४.pdf'],
    ['r', 'Annual Report.pdf'],
    ['.pd', 'Annual Report.pdf'],
    ['20', 'IMG2024.jpg'],
    ['c#', 'Learning C#.epub'],
    ['c++', 'Learning C++.epub'],
    ['a"b', 'a"b.txt'],
    ['100%', '100% done.txt'],
    ['a_c', 'a_c.txt'],
    ["o'neil", "O'Neil.txt"],
  ];
  const missing: [query: string, name: string][] = [
    ['e', 'Annual Report.pdf'],
    ['po', 'Annual Report.pdf'],
    ['"report annual"', 'Annual Report.pdf'],
    ['"nual port"', 'Annual Report.pdf'],
    ['annual -report', 'Annual Report.pdf'],
    ['annual -"annual report"', 'Annual Report.pdf'],
    ['annual summary', 'Annual Report.pdf'],
    ['tropeR', 'Annual Report.pdf'],
    ['か', 'が.txt'],
    ['100%', '100 percent.txt'],
    ['a_c', 'abc.txt'],
    ['rep*', 'Annual Report.pdf'],
    ['a%t', 'a fat cat.txt'],
  ];

  test('are found anywhere in names, in any script, without case and accents, and short ones where words begin', async () => {
    const catalog = await listed(...new Set(present.map(([, name]) => name)));
    const misses = present.filter(([query, name]) => !names(catalog, query).includes(name));
    expect(misses).toEqual([]);
  });

  test('are not found in what does not have all of them, and none that is excluded', async () => {
    const catalog = await listed(...new Set(missing.map(([, name]) => name)));
    const wrong = missing.filter(([query, name]) => names(catalog, query).includes(name));
    expect(wrong).toEqual([]);
  });

  test('are text like any other, whatever they mean to SQL and FTS5', async () => {
    const odd = [
      '"',
      "'",
      '" OR "',
      'NEAR(a b)',
      'tokens: a',
      'a AND',
      '^a',
      'a*',
      "'; DROP TABLE entries; --",
      '{a',
      ')(',
    ];
    const catalog = await listed(...odd.map((text) => `x ${text} y.txt`), 'other.txt');
    for (const text of odd) {
      const asWord = /["\s]/.test(text) ? text : `x -zzz ${text}`;
      expect(names(catalog, asWord)).toContain(`x ${text} y.txt`);
    }
    for (const text of ['\0', 'a\0b', '\ud800', '"\0', '\u0001\u0005'])
      expect(() => names(catalog, text)).not.toThrow();
    expect(names(catalog, 'other')).toEqual(['other.txt']);
  });

  test('signs alone are nothing to look for, and that is said', async () => {
    const { reader } = await listed('a - b.txt');
    const page = reader.search(NOBODY, { query: 'a - b', limit: 10 }, []);
    expect(page.results).toMatchObject([{ name: 'a - b.txt' }]);
    expect(page.problems).toEqual([{ code: 'word-too-short', part: '-' }]);
  });
});

describe('filters', () => {
  const files = [
    file('old.pdf', 100, Date.UTC(2019, 5, 1)),
    file('new.pdf', 5_000_000, Date.UTC(2026, 5, 1)),
    file('photo.jpg', 20_000_000, Date.UTC(2024, 0, 31, 12)),
    file('notes.txt', 0, Date.UTC(2024, 1, 1)),
  ];
  const found: [query: string, names: string[]][] = [
    ['type:pdf', ['new.pdf', 'old.pdf']],
    ['type:image', ['photo.jpg']],
    ['type:folder', ['Stuff']],
    ['type:image type:txt', ['notes.txt', 'photo.jpg']],
    ['type:pdf new', ['new.pdf']],
    ['type:nonsense', []],
    ['>1MB', ['photo.jpg', 'new.pdf']],
    ['>1MB <10MB', ['new.pdf']],
    ['<1', ['notes.txt']],
    ['after:2024-01-31 before:2024-02-01', ['photo.jpg']],
    ['before:2020', ['old.pdf']],
    ['after:2026', ['new.pdf']],
    ['type:folder >1MB', ['Stuff']],
    ['type:folder type:pdf after:2026', ['Stuff', 'new.pdf']],
    ['after:2024-02 before:2026', ['notes.txt']],
    ['older:99999d', []],
  ];

  test('of a query say which entries there are', async () => {
    const catalog = catalogOnDisk();
    const owner = someone();
    await catalog.put(owner, await catalog.share(owner, { title: 'Stuff' }), ...files);
    for (const [query, expected] of found) {
      expect([query, names(catalog, query).sort()]).toEqual([query, expected.toSorted()]);
    }
  });

  test('of a form hold together with those of the query', async () => {
    const catalog = catalogOnDisk();
    const owner = someone();
    await catalog.put(owner, await catalog.share(owner), ...files);
    const filters = { kinds: ['pdf' as const], minBytes: 1000 };
    expect(names(catalog, '', NOBODY, { filters })).toEqual(['new.pdf']);
    expect(names(catalog, 'old', NOBODY, { filters })).toEqual([]);
    expect(names(catalog, '<10kB', NOBODY, { filters })).toEqual([]);
  });

  test('of a file that grew are those of its new size', async () => {
    const catalog = catalogOnDisk();
    const owner = someone();
    const shareId = await catalog.share(owner, { kind: 'files' });
    await catalog.put(owner, shareId, file('grown.bin', 10, Date.UTC(2020)));
    await catalog.put(owner, shareId, file('grown.bin', 10_000_000, Date.UTC(2026)));
    expect(names(catalog, 'grown >1MB after:2026')).toEqual(['grown.bin']);
    expect(names(catalog, 'grown <1MB')).toEqual([]);
  });

  test('owner: is one owner, or all whose names begin like that, and has no effect while it is nobody', async () => {
    const catalog = catalogOnDisk();
    const [ann, anna] = [someone(), someone()];
    await catalog.put(ann, await catalog.share(ann, { kind: 'files' }), file('hers.txt'));
    await catalog.put(anna, await catalog.share(anna, { kind: 'files' }), file('theirs.txt'));
    const owners = [
      { userId: ann.userId, usernameKey: 'ann' },
      { userId: anna.userId, usernameKey: 'anna' },
      { userId: someone().userId, usernameKey: 'zoe' },
    ];
    const search = (query: string) => {
      const { results, problems } = catalog.reader.search(NOBODY, { query, limit: 10 }, owners);
      return [results.map(({ name }) => name).sort(), problems.map(({ code }) => code)];
    };
    expect(search('owner:ann')).toEqual([['hers.txt'], []]);
    expect(search('owner:an')).toEqual([['hers.txt', 'theirs.txt'], []]);
    expect(search('owner:zoe')).toEqual([[], []]);
    expect(search('owner:bob')).toEqual([['hers.txt', 'theirs.txt'], ['owner-unknown']]);
  });

  test('is:online is what a device has that is online', async () => {
    const catalog = catalogOnDisk();
    const [here, away] = [someone(), someone()];
    await catalog.put(here, await catalog.share(here, { kind: 'files' }), file('here.txt'));
    await catalog.put(away, await catalog.share(away, { kind: 'files' }), file('away.txt'));
    const who = viewer(someone(), here);
    expect(names(catalog, 'is:online', who)).toEqual(['here.txt']);
    expect(names(catalog, '', who, { filters: { isAvailable: true } })).toEqual(['here.txt']);
    expect(names(catalog, 'is:online', NOBODY)).toEqual([]);
  });
});

describe('who may see it', () => {
  async function closed(): Promise<TestCatalog & { owner: CatalogDevice; friend: CatalogDevice; shareId: string }> {
    const catalog = catalogOnDisk();
    const [owner, friend] = [someone(), someone()];
    const audience = { type: 'chosen' as const, userIds: [friend.userId] };
    const shareId = await catalog.share(owner, { audience, title: 'Salaries' });
    await catalog.put(owner, shareId, file('salaries.xlsx'));
    return { ...catalog, owner, friend, shareId };
  }

  test('what is for some is shown and counted to them and its owner alone', async () => {
    const catalog = await closed();
    for (const query of ['salaries', 'sa', '', 'type:xlsx', 'type:folder', '-x']) {
      for (const who of [catalog.owner, catalog.friend]) expect(names(catalog, query, viewer(who))).not.toEqual([]);
      const { results, total, next } = catalog.reader.search(NOBODY, { query, limit: 10 }, []);
      expect({ results, total, next }).toEqual({ results: [], total: { count: 0, isExact: true }, next: null });
    }
  });

  test('opened to everybody it is found by everybody at once, and closed again by nobody else', async () => {
    const catalog = await closed();
    const { writer, owner, shareId, friend } = catalog;
    const put = (audience: Parameters<typeof writer.putShare>[1]['audience']) =>
      writer.putShare(owner, { shareId, title: 'Salaries', kind: 'folder', audience });
    await put({ type: 'everyone' });
    expect(names(catalog, 'salaries').sort()).toEqual(['Salaries', 'salaries.xlsx']);
    await catalog.put(owner, shareId, file('salaries 2.xlsx'));
    expect(names(catalog, 'salaries')).toHaveLength(3);
    await put({ type: 'chosen', userIds: [friend.userId] });
    expect(names(catalog, 'salaries')).toEqual([]);
    expect(names(catalog, 'salaries', viewer(friend))).toHaveLength(3);
  });

  test('what was removed, and what is of hidden owners, is not found', async () => {
    const catalog = await listed('gone.txt');
    const owner = someone();
    await catalog.put(owner, await catalog.share(owner, { kind: 'files' }), file('hidden.txt'));
    await catalog.writer.setHiddenOwners([owner.userId]);
    expect(names(catalog, '')).toEqual(['gone.txt']);
    expect(names(catalog, 'hidden', viewer(owner))).toEqual([]);
    await catalog.writer.setHiddenOwners([]);
    expect(names(catalog, 'hidden')).toEqual(['hidden.txt']);
  });
});

describe('results', () => {
  test('begin with the name that was typed, then with names that begin with it', async () => {
    const catalog = await listed('plan.txt', 'my planning.txt', 'a plan.txt', 'planning.txt', 'explanation.txt');
    expect(names(catalog, 'plan')).toEqual([
      'plan.txt',
      'a plan.txt',
      'planning.txt',
      'my planning.txt',
      'explanation.txt',
    ]);
  });

  test('of equal content are one, with all its sources', async () => {
    const catalog = catalogOnDisk();
    const [ann, bob] = [someone(), someone()];
    await catalog.put(ann, await catalog.share(ann, { kind: 'files' }), file('report.pdf', 1, 1, 7));
    await catalog.put(bob, await catalog.share(bob, { kind: 'files' }), file('report copy.pdf', 1, 1, 7));
    const { results, total } = catalog.reader.search(viewer(someone(), bob), { query: 'report', limit: 10 }, []);
    expect(results).toMatchObject([{ sourceCount: 2 }]);
    expect(total).toEqual({ count: 1, isExact: true });
    expect(names(catalog, '')).toHaveLength(1);
  });

  test('say where the words are in the name as it is written', async () => {
    const { reader } = await listed('Straßen-Straße Łódź.txt');
    const { results } = reader.search(NOBODY, { query: 'strasse lodz', limit: 10 }, []);
    expect(results[0]!.highlights).toEqual([
      [0, 6],
      [8, 14],
      [15, 19],
    ]);
  });

  test('are in the order that is asked for', async () => {
    const catalog = catalogOnDisk();
    const owner = someone();
    const shareId = await catalog.share(owner, { kind: 'files' });
    await catalog.put(owner, shareId, file('b 10.txt', 1, 300), file('b 9.txt', 3, 200), file('A.txt', 2, 100));
    const order = (order: string, isDescending = false) => names(catalog, 'txt', NOBODY, { order, isDescending });
    expect(order('name')).toEqual(['A.txt', 'b 9.txt', 'b 10.txt']);
    expect(order('name', true)).toEqual(['b 10.txt', 'b 9.txt', 'A.txt']);
    expect(order('size', true)).toEqual(['b 9.txt', 'A.txt', 'b 10.txt']);
    expect(order('modified')).toEqual(['A.txt', 'b 9.txt', 'b 10.txt']);
  });

  test('a cursor is of its own search, and of whoever asked', async () => {
    const { reader } = await listed('a1', 'a2', 'a3');
    const next = reader.search(NOBODY, { query: 'a', limit: 1 }, []).next!;
    const again = (who: Viewer, query: string, cursor: string) => () =>
      reader.search(who, { query, limit: 1, cursor }, []);
    expect(again(NOBODY, 'a', next)().results).toHaveLength(1);
    for (const refused of [
      again(NOBODY, 'b', next),
      again(viewer(), 'a', next),
      again(NOBODY, 'a', next.slice(4)),
      again(NOBODY, 'a', 'W10'),
    ]) {
      expect(await codeOf(refused)).toBe('invalid');
    }
  });
});
