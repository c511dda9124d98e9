// Makes the paths of a stranger's manifest safe to show and to save on any system: what is shown is what
// is saved. Knows nothing of where they are saved.

/** Most file systems stop at 255, some counting bytes, some UTF-16 units; bytes are the stricter. */
const SEGMENT_BYTES = 255;
/** Longer "extensions" are part of the name. */
const EXTENSION_BYTES = 32;

// Control characters, separators and what Windows forbids; then bidirectional controls, which can make
// "exe.gpj" read "jpg.exe" (Unicode TR 36), and line separators.
const FORBIDDEN = /[\p{Cc}/\\:*?"<>|\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const WINDOWS_RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?= *(?:\.|$))/i;

/**
 * The safe form of each path, in order, no two of them the same even where upper and lower case are one.
 *
 * @example safePaths([['..', 'CON.txt'], ['A'], ['a']]) // [['_', '_CON.txt'], ['A'], ['a (2)']]
 */
export function safePaths(paths: readonly (readonly string[])[]): string[][] {
  const files = new Set<string>();
  const folders = new Set<string>();
  // The number a wanted name was given last, so that a hundred thousand files of one name are not counted
  // through as often.
  const fileNumbers = new Map<string, number>();
  const folderNumbers = new Map<string, number>();
  return paths.map((path) => {
    const safe: string[] = [];
    let folderKey = '';
    for (const segment of path.slice(0, -1)) {
      const folder = folderName(folderKey, safeSegment(segment));
      folderKey += `${keyOf(folder)}/`;
      folders.add(folderKey);
      safe.push(folder);
    }
    const file = fileName(folderKey, safeSegment(path.at(-1) ?? ''));
    files.add(`${folderKey}${keyOf(file)}/`);
    return [...safe, file];
  });

  /** A folder where a file of that name came before steps aside, always to the same name. */
  function folderName(parentKey: string, wanted: string): string {
    const isTaken = (key: string) => files.has(key);
    return freeName(parentKey, wanted, folderNumbers, folderNumbers.get(parentKey + keyOf(wanted)) ?? 1, isTaken);
  }

  function fileName(parentKey: string, wanted: string): string {
    const isTaken = (key: string) => files.has(key) || folders.has(key);
    return freeName(parentKey, wanted, fileNumbers, (fileNumbers.get(parentKey + keyOf(wanted)) ?? 0) + 1, isTaken);
  }
}

/** The wanted name with the first free number from `first` on; 1 is the name itself. */
function freeName(
  parentKey: string,
  wanted: string,
  numbers: Map<string, number>,
  first: number,
  isTaken: (key: string) => boolean,
): string {
  for (let number = first; ; number++) {
    const name = number === 1 ? wanted : numbered(wanted, number);
    if (isTaken(`${parentKey}${keyOf(name)}/`)) continue;
    numbers.set(parentKey + keyOf(wanted), number);
    return name;
  }
}

/** One segment made safe; never empty, never `.` or `..`. */
export function safeSegment(segment: string): string {
  const cleaned = trimmed(segment.toWellFormed().replace(FORBIDDEN, '_'));
  return shortened(cleaned.replace(WINDOWS_RESERVED, '_$&'));
}

/** Inserts a number before the extension: `report (2).pdf`. */
export function numbered(name: string, number: number): string {
  const { stem, extension } = split(name);
  return shortened(`${stem} (${number})${extension}`, ` (${number})`.length);
}

function trimmed(segment: string): string {
  // Windows drops trailing dots and spaces silently, so two names could become one there.
  return segment.replace(/[. ]+$/u, '').replace(/^ +/u, '') || '_';
}

function shortened(name: string, keepBytes = 0): string {
  if (byteLength(name) <= SEGMENT_BYTES) return name;
  const { stem, extension } = split(name);
  const kept = keepBytes ? stem.slice(-keepBytes) : '';
  const room = SEGMENT_BYTES - byteLength(extension) - byteLength(kept);
  let short = '';
  let used = 0;
  for (const character of stem.slice(0, stem.length - kept.length)) {
    used += byteLength(character);
    if (used > room) break;
    short += character;
  }
  return `${trimmed(short)}${kept}${extension}`;
}

function split(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  if (!extension || byteLength(extension) > EXTENSION_BYTES) return { stem: name, extension: '' };
  return { stem: name.slice(0, dot), extension };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function keyOf(segment: string): string {
  return segment.normalize('NFC').toUpperCase();
}
