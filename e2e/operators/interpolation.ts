// How compose fills `${…}` in: a pure stand-in for what `docker compose config` does, with the forms that
// infra/compose.yaml uses. Knows no services.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so compose writes variables.

/** What follows a name, and what it stands for when the variable has a value or has none. */
const FORMS = [':-', ':+', ':?'] as const;

/** @throws Error for `${NAME:?sentence}` without a value, as compose does */
export function interpolate(text: string, variables: Record<string, string | undefined>): string {
  let filled = '';
  for (let at = 0; at < text.length; ) {
    if (!text.startsWith('${', at)) {
      filled += text[at++];
      continue;
    }
    const end = closingBrace(text, at + 2);
    filled += valueFor(text.slice(at + 2, end), variables);
    at = end + 1;
  }
  return filled;
}

/** Names of all variables that are mentioned, in whatever form. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name!);
}

function valueFor(expression: string, variables: Record<string, string | undefined>): string {
  const [name = ''] = /^\w+/.exec(expression) ?? [];
  const value = variables[name] ?? '';
  const rest = expression.slice(name.length);
  if (rest === '') return value;
  const form = FORMS.find((each) => rest.startsWith(each));
  const word = rest.slice(2);
  switch (form) {
    case ':-':
      return value || interpolate(word, variables);
    case ':+':
      return value && interpolate(word, variables);
    case ':?':
      if (value === '') throw new Error(`${name}: ${word}`);
      return value;
    default:
      throw new Error(`\${${expression}} is a form that compose may know, and this does not`);
  }
}

/** One that belongs to a `${` further in is not it. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  throw new Error(`A brace is not closed in ${text}`);
}
