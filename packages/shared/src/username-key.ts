// When two usernames are the same person's. Apart from the schema, so that a page needs no validator for it.

/**
 * The form under which a username is unique: two names with the same key belong to the same person.
 *
 * @example usernameKey('Straße') === usernameKey('STRASSE')
 */
export function usernameKey(name: string): string {
  // Upper case first: it is the direction that folds ß, final sigma and the like (Unicode, chapter 5.18).
  return name.trim().normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
