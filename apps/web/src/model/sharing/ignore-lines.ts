// Patterns as people type them, a line each: blank lines say nothing, and neither does a line twice. Pure.

/** @example ignoreLines('node_modules\n\n *.tmp ') // ['node_modules', '*.tmp'] */
export function ignoreLines(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter(Boolean))];
}
