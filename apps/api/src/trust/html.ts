// HTML in which whatever is put in is text, unless it is HTML already. Knows no pages.

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | Html | Html[];

/** @example html`<p>${'a < b'}</p>`.text // '<p>a &lt; b</p>' */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.map((string, index) => string + textOf(values[index] ?? '')).join(''));
}

function textOf(value: Value): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(textOf).join('');
  return value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
