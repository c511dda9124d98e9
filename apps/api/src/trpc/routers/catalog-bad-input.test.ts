import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentIdOf, EVERYONE, file, share } from '../../testing/catalog-sharing.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
let shareId: string;
beforeAll(async () => {
  server = await testServer();
  ann = await server.user('ann');
  shareId = await share(ann, { files: [file('kept')] });
});
afterAll(() => server.close());

/** As it comes over HTTP, whatever our own client would not send. */
async function post(procedure: string, body: string): Promise<{ status: number; code: string | undefined }> {
  const response = await fetch(`${server.url}/trpc/catalog.${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, cookie: ann.cookie! },
    body,
  });
  const answer = (await response.json()) as { error?: { data?: { ferryCode: string } } };
  return { status: response.status, code: answer.error?.data?.ferryCode };
}

const state = async () => ({
  shares: await ann.http.catalog.shares.mine.query({ deviceId: ann.deviceId }),
  names: (await ann.http.catalog.children.query({ shareId, path: '', offset: 0, limit: 10 })).entries.map(
    ({ name }) => name,
  ),
});

const GOOD = ['good', 1, 1, contentIdOf('good')];
/** A page with one good file before the bad one: nothing of it may be kept. */
const page = (bad: unknown[], more: object = {}) =>
  JSON.stringify({ deviceId: ann.deviceId, shareId, baseRevision: 1, put: [GOOD, bad], remove: [], ...more });

const BAD_PATHS: [string, string][] = [
  ['a control character', 'a\u0007b'],
  ['a line break', 'a\nb'],
  ['a null', 'a\0'],
  ['an override of direction', 'gpj.\u202eexe'],
  ['..', '../etc/passwd'],
  ['.. in between', 'a/../../b'],
  ['. alone', './a'],
  ['an absolute path', '/etc/passwd'],
  ['an empty segment', 'a//b'],
  ['a slash at its end', 'a/'],
  ['nothing', ''],
  ['half a character', 'a\ud800'],
  ['300 characters in a name', 'x'.repeat(300)],
  ['5,000 folders', `${'a/'.repeat(5000)}b`],
  ['65 folders', `${'a/'.repeat(65)}b`],
];

describe('a file is refused, and all of its page, when its path has', () => {
  test.each(BAD_PATHS)('%s', async (_, path) => {
    const before = await state();
    const answer = await post('publish', page([path, 1, 1, null]));
    expect(answer.status).toBe(400);
    expect(['path-invalid', 'invalid']).toContain(answer.code);
    expect(await state()).toEqual(before);
  });
});

test.each([
  ['..', '..'],
  ['a slash', 'a/b'],
  ['a control character', 'a\u001b[2J'],
])('a share whose title has %s is refused in words', async (_, title) => {
  const before = await state();
  const put = { deviceId: ann.deviceId, shareId: randomUUID(), title, kind: 'folder', audience: EVERYONE };
  expect(await post('shares.put', JSON.stringify(put))).toEqual({ status: 400, code: 'path-invalid' });
  expect(await state()).toEqual(before);
});

describe('a file is refused, and all of its page, with', () => {
  test.each([
    ['a negative size', ['bad', -1, 1, null]],
    ['half a byte', ['bad', 0.5, 1, null]],
    ['a size beyond what numbers hold', ['bad', 2 ** 53, 1, null]],
    ['a size in words', ['bad', '1', 1, null]],
    ['no size', ['bad', null, 1, null]],
    ['a negative time', ['bad', 1, -1, null]],
    ['a time beyond what dates hold', ['bad', 1, 8_640_000_000_000_001, null]],
    ['a content id that is too short', ['bad', 1, 1, 'abc']],
    ['a content id with bits that no hash has', ['bad', 1, 1, `${'A'.repeat(42)}B`]],
    ['a content id in another alphabet', ['bad', 1, 1, `${'+'.repeat(42)}A`]],
    ['a content id of another kind', ['bad', 1, 1, 7]],
    ['something missing', ['bad', 1, 1]],
    ['something more', ['bad', 1, 1, null, 'more']],
  ])('%s', async (_, bad) => {
    const before = await state();
    expect(await post('publish', page(bad))).toEqual({ status: 400, code: 'invalid' });
    expect(await state()).toEqual(before);
  });

  test.each(['NaN', '1e999', '-1e999', '9007199254740993'])('a size of %s', async (size) => {
    const before = await state();
    const body = page(['bad', 'SIZE', 1, null]).replace('"SIZE"', size);
    expect(await post('publish', body)).toEqual({ status: 400, code: 'invalid' });
    expect(await state()).toEqual(before);
  });
});

test('what is removed is looked at as what is put', async () => {
  const before = await state();
  expect(await post('publish', page(GOOD, { remove: ['kept', '../kept'] }))).toEqual({
    status: 400,
    code: 'path-invalid',
  });
  expect(await state()).toEqual(before);
});

test('a page with more files than a page may have is refused', async () => {
  const before = await state();
  const put = Array.from({ length: 501 }, (_, index) => [`${index}`, 1, 1, null]);
  expect(await post('publish', page(GOOD, { put }))).toEqual({ status: 400, code: 'invalid' });
  expect(await state()).toEqual(before);
});

test('a request beyond 64 KiB is refused before it is read', async () => {
  const before = await state();
  const put = Array.from({ length: 400 }, (_, index) => [`${index}${'x'.repeat(200)}`, 1, 1, null]);
  expect((await post('publish', page(GOOD, { put }))).status).toBe(413);
  expect(await state()).toEqual(before);
});

const ID = randomUUID();
test.each([
  ['search', { query: 'x'.repeat(257), limit: 10 }],
  ['search', { query: 'x', limit: 101 }],
  ['search', { query: 'x', limit: 0 }],
  ['search', { query: 'x', limit: 10, cursor: 'x'.repeat(1025) }],
  ['search', { query: 'x', limit: 10, filters: { kinds: ['nonsense'] } }],
  ['search', { query: 'x', limit: 10, filters: { minBytes: -1 } }],
  ['search', { query: 7, limit: 10 }],
  ['children', { shareId: 'x', path: '', offset: 0, limit: 10 }],
  ['children', { shareId: ID, path: '', offset: -1, limit: 10 }],
  ['children', { shareId: ID, path: '', offset: 10 ** 9, limit: 10 }],
  ['details', { shareId: ID, path: 7 }],
  ['sharesOf', { userId: "' OR 1=1 --" }],
  ['hold', { deviceId: ID, contentIds: [contentIdOf('x')] }],
  ['hold', { deviceId: ID, holdings: [{ shares: [[ID, ID]], contentIds: ['x'] }] }],
  ['hold', { deviceId: ID, holdings: [{ shares: [[ID, ID]], contentIds: Array(1001).fill(contentIdOf('x')) }] }],
  ['hold', { deviceId: ID, holdings: [{ shares: [], contentIds: [contentIdOf('x')] }] }],
  ['hold', { deviceId: ID, holdings: [{ shares: [[ID, "' OR 1=1 --"]], contentIds: [contentIdOf('x')] }] }],
  ['hold', { deviceId: ID, holdings: [{ shares: Array(9).fill([ID, ID]), contentIds: [contentIdOf('x')] }] }],
  ['hold', { deviceId: ID, holdings: Array(129).fill({ shares: [[ID, ID]], contentIds: [contentIdOf('x')] }) }],
  ['saved.save', { savedSearchId: 'x', query: 'x' }],
  ['saved.save', { savedSearchId: ID, query: 'x'.repeat(257) }],
  ['republish', { deviceId: ID, shareId: ID, step: 'middle' }],
])('%s of %o is refused', async (procedure, input) => {
  expect(await post(procedure, JSON.stringify(input))).toEqual({ status: 400, code: 'invalid' });
});

test.each(['children', 'details', 'grant'])('%s of a path that cannot be is refused in words', async (procedure) => {
  const input = { shareId, path: '../x', deviceId: ann.deviceId, offset: 0, limit: 1 };
  expect(await post(procedure, JSON.stringify(input))).toEqual({ status: 400, code: 'path-invalid' });
});

test('a cursor that nobody gave is refused or of no effect, and breaks nothing', async () => {
  for (const cursor of ['x', '[]', 'null', 'e30', '{"a":1}', '\u0000', btoa('[1,2,3]')]) {
    const answer = await post('search', JSON.stringify({ query: 'kept', limit: 10, cursor }));
    expect([200, 400]).toContain(answer.status);
  }
});
