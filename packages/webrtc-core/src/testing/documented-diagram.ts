// The diagrams as docs/protocol/state-machines.md has them, found by their names; puts new ones in their
// place when UPDATE_DIAGRAMS is set. Knows no machine and no Mermaid.
import { readFileSync, writeFileSync } from 'node:fs';
import { env } from 'node:process';

const DOCUMENT = new URL('../../../../docs/protocol/state-machines.md', import.meta.url);

/** The diagram of that name; `drawn`, once it was written there, when diagrams are being updated. */
export function documentedDiagram(name: string, drawn: string): string {
  const text = readFileSync(DOCUMENT, 'utf8');
  const opening = `<!-- diagram: ${name} -->\n\n\`\`\`mermaid\n`;
  const start = text.indexOf(opening) + opening.length;
  const end = text.indexOf('```', start);
  if (start < opening.length || end === -1) throw new Error(`There is no diagram "${name}" in the document`);
  const documented = text.slice(start, end);
  if (!env.UPDATE_DIAGRAMS || documented === drawn) return documented;
  writeFileSync(DOCUMENT, text.slice(0, start) + drawn + text.slice(end));
  return drawn;
}
