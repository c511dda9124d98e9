// How Ferry names the backups it makes, and which of them are too many. Pure.

/** What a backup was made for. */
type Occasion = 'ferry' | `before-${string}`;

/** Sorted by name, backups of one occasion are sorted by time. Colons are for no file name on Windows. */
export function backupName(occasion: Occasion, time: Date): string {
  return `${occasion}-${time.toISOString().replaceAll(':', '-')}.sqlite`;
}

const REGULAR = /^ferry-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z\.sqlite$/;

/** The regular backups among these names, oldest first: those before an upgrade or a restore are not. */
export function regularBackups(names: readonly string[]): string[] {
  return names.filter((name) => REGULAR.test(name)).sort();
}

/** Those beyond the `keep` latest regular ones. Every other name is left alone. */
export function superfluousBackups(names: readonly string[], keep: number): string[] {
  const regular = regularBackups(names);
  return regular.slice(0, Math.max(0, regular.length - keep));
}
