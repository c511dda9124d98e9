// What a page could ask the server about the catalog behind its user's back, with its user's cookie: the whole answer, as
// it crosses the wire. Knows no views.
import type { Person } from './person.ts';

export interface RawAnswer {
  status: number;
  body: string;
}

/** @example await askCatalog(carol, 'details', { shareId, path: '' }) */
export function askCatalog(person: Person, procedure: string, input: unknown): Promise<RawAnswer> {
  return person.page.evaluate(
    async ([name, json]) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`/trpc/catalog.${name}`, { method: 'POST', headers, body: json });
      return { status: response.status, body: await response.text() };
    },
    [procedure, JSON.stringify(input)] as const,
  );
}

/** The data of an answer that is no refusal. */
export async function catalogData<Data>(person: Person, procedure: string, input: unknown): Promise<Data> {
  const { status, body } = await askCatalog(person, procedure, input);
  if (status !== 200) throw new Error(`${procedure}: ${status} ${body}`);
  return JSON.parse(body).result.data as Data;
}

/** Where the first result of a search is. */
export async function placeOf(person: Person, query: string): Promise<{ shareId: string; path: string }> {
  const page = await catalogData<{ results: { shareId: string; path: string }[] }>(person, 'search', {
    query,
    limit: 10,
  });
  const [first] = page.results;
  if (!first) throw new Error(`nothing is found for ${query}`);
  return { shareId: first.shareId, path: first.path };
}

/** The id under which the server knows this browser. */
export function deviceIdOf(person: Person): Promise<string> {
  return person.page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((database) => database.name?.startsWith('ferry-device-'))?.name;
    const opening = indexedDB.open(name!);
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const reading = opening.result.transaction('device').objectStore('device').get('id');
    await new Promise((resolve) => reading.addEventListener('success', resolve));
    opening.result.close();
    return reading.result as string;
  });
}
