// Who is meant by what was typed. Names match without case, as the server compares them.
import { type Person, usernameKey } from '@ferry/shared';

export function isOnline(person: Person): boolean {
  return person.devices.length > 0;
}

/** Online people first, then by name. */
export function sortedPeople(people: Iterable<Person>, locale?: string): Person[] {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  return [...people].sort(
    (a, b) => Number(isOnline(b)) - Number(isOnline(a)) || collator.compare(a.username, b.username),
  );
}

/** The people whose name holds the text, those whose name begins with it first; all for an empty text. */
export function matchPeople(people: readonly Person[], text: string): Person[] {
  const wanted = usernameKey(text);
  if (!wanted) return [...people];
  const scored = people.map((person) => ({ person, at: usernameKey(person.username).indexOf(wanted) }));
  const found = scored.filter(({ at }) => at >= 0);
  return [...found.filter(({ at }) => at === 0), ...found.filter(({ at }) => at > 0)].map(({ person }) => person);
}

/** The one person with exactly this name. */
export function findPerson(people: readonly Person[], name: string): Person | undefined {
  const key = usernameKey(name);
  return people.find(({ username }) => usernameKey(username) === key);
}
