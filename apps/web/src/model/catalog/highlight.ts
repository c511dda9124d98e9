// A name cut into parts that match the query and parts that do not. Pure; trusts no range it is given.

export interface NamePart {
  text: string;
  isMatch: boolean;
}

/** `highlightParts('report.pdf', [[0, 3]])` is "rep" that matches, then "ort.pdf" that does not. */
export function highlightParts(name: string, highlights: readonly (readonly [number, number])[]): NamePart[] {
  const parts: NamePart[] = [];
  let at = 0;
  for (const [start, end] of highlights) {
    if (start < at || end <= start || end > name.length) continue;
    if (start > at) parts.push({ text: name.slice(at, start), isMatch: false });
    parts.push({ text: name.slice(start, end), isMatch: true });
    at = end;
  }
  if (at < name.length) parts.push({ text: name.slice(at), isMatch: false });
  return parts;
}
