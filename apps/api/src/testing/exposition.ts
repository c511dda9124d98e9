// What /metrics says, read as Prometheus reads it: families by name, series by name and labels.

export interface Exposition {
  /** Every metric that is declared, with its type. */
  families: Map<string, string>;
  series: { name: string; labels: Record<string, string>; value: number }[];
  /** Of the one series with these labels; an error when there is none. */
  value(name: string, labels?: Record<string, string>): number;
}

export async function scrape(url: string, headers: Record<string, string> = {}): Promise<Exposition> {
  const response = await fetch(`${url}/metrics`, { headers });
  if (!response.ok) throw new Error(`/metrics answered ${response.status}`);
  return parse(await response.text());
}

function parse(text: string): Exposition {
  const families = new Map<string, string>();
  const series: Exposition['series'] = [];
  for (const line of text.split('\n')) {
    const [, family, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (family && type) families.set(family, type);
    const [, name, labels = '', value] = /^([a-z_:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name) series.push({ name, labels: labelsOf(labels), value: Number(value) });
  }
  return {
    families,
    series,
    value(name, wanted = {}) {
      const found = series.filter(
        (one) => one.name === name && Object.entries(wanted).every(([label, value]) => one.labels[label] === value),
      );
      if (found.length !== 1) throw new Error(`${found.length} series are ${name} ${JSON.stringify(wanted)}`);
      return found[0]!.value;
    },
  };
}

function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]));
}
