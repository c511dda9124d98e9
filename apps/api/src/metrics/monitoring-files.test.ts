// The files in infra/monitoring against a running server: a dashboard that asks for what nobody shows stays empty, and
// an alert that does never fires.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Exposition, scrape } from '../testing/exposition.ts';
import { type Asked, askedBy } from '../testing/promql.ts';
import { testServer } from '../testing/test-server.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8');
const GUIDE = read('docs/operations/monitoring.md');

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is Grafana that fills this in.
const DATASOURCE = z.object({ type: z.literal('prometheus'), uid: z.literal('${DS_PROMETHEUS}') });
const panelSchema = z.object({
  id: z.int().positive(),
  title: z.string().min(1),
  type: z.enum(['row', 'stat', 'timeseries']),
  datasource: DATASOURCE.optional(),
  gridPos: z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) }),
  targets: z
    .array(z.object({ datasource: DATASOURCE, expr: z.string(), legendFormat: z.string(), refId: z.string() }))
    .default([]),
});
const { panels, ...dashboard } = z
  .looseObject({
    __inputs: z.tuple([z.looseObject({ name: z.literal('DS_PROMETHEUS'), pluginId: z.literal('prometheus') })]),
    uid: z.string(),
    schemaVersion: z.int().min(38),
    templating: z.object({ list: z.array(z.looseObject({ name: z.string(), type: z.string() })) }),
    panels: z.array(panelSchema),
  })
  .parse(JSON.parse(read('infra/monitoring/grafana-dashboard.json')));

const ruleSchema = z.strictObject({
  alert: z.string().regex(/^Ferry[A-Za-z]+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+m$/)
    .optional(),
  labels: z.object({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.object({ summary: z.string(), description: z.string() }),
});
const { groups } = z
  .strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(ruleSchema) })) })
  .parse(parse(read('infra/monitoring/alerts.yaml')));
const rules = groups.flatMap((group) => group.rules);

let folder: string;
let shown: Exposition;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-monitoring-'));
  const server = await testServer({ DATA_DIR: folder });
  await (await server.user('ann')).http.auth.me.query();
  // For a request that fails by the server's fault.
  const other = new Sqlite(join(folder, 'ferry.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  await fetch(`${server.url}/readyz`);
  other.exec('ROLLBACK');
  other.close();
  await vi.waitFor(async () => {
    shown = await scrape(server.url);
    expect(shown.value('ferry_http_requests_total', { status: '5xx' })).toBe(1);
  }, 10_000);
  await server.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const queries: [string, string, Asked][] = [
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }): [string, string, Asked] => [`panel ${title}`, legendFormat, askedBy(expr)]),
  ),
  ...rules.map(({ alert, expr }): [string, string, Asked] => [`alert ${alert}`, '', askedBy(expr)]),
];

/** Given to every series by Prometheus itself, as `up` is. */
const TARGET_LABELS = ['job', 'instance'];
/** Node tells these only where there is /proc. */
const LINUX_ONLY = process.platform === 'linux' ? [] : ['process_open_fds', 'process_max_fds'];

const labelsOf = (metric: string) =>
  new Set(shown.series.filter(({ name }) => name === metric).flatMap(({ labels }) => Object.keys(labels)));
const familyOf = (metric: string) => (shown.families.has(metric) ? metric : metric.replace(/_(bucket|sum|count)$/, ''));

test.each(queries)(
  '%s asks for metrics that a running server shows, by labels and values that they have',
  (...query) => {
    const [, , { selectors }] = query;
    for (const { metric, matchers } of selectors) {
      if (metric !== 'up' && !LINUX_ONLY.includes(metric))
        expect([...shown.families.keys()]).toContain(familyOf(metric));
      for (const { label, value, isPattern } of matchers) {
        if (TARGET_LABELS.includes(label)) continue;
        const there = shown.series.filter(({ name }) => name === metric).map(({ labels }) => labels[label]);
        for (const wanted of isPattern ? value.split('|') : [value]) expect(there).toContain(wanted);
      }
    }
  },
);

test.each(queries)('%s groups by labels that there are, and its legend names them', (_name, legend, asked) => {
  const there = new Set([...TARGET_LABELS, ...asked.selectors.flatMap(({ metric }) => [...labelsOf(metric)])]);
  for (const label of asked.groupings) expect([...there]).toContain(label);
  for (const [, label] of legend.matchAll(/\{\{(\w+)\}\}/g)) expect([...there]).toContain(label);
});

test('a query that Prometheus would not understand is found', () => {
  expect(() => askedBy('sum by (le (rate(ferry_ready[5m]))')).toThrow(/Not PromQL/);
  expect(askedBy('a{b="c", d=~"e|f"} and sum by (g) (rate(h[$__rate_interval]))')).toEqual({
    selectors: [
      {
        metric: 'a',
        matchers: [
          { label: 'b', value: 'c', isPattern: false },
          { label: 'd', value: 'e|f', isPattern: true },
        ],
      },
      { metric: 'h', matchers: [] },
    ],
    groupings: ['g'],
  });
});

describe('the dashboard', () => {
  test('shows every metric of Ferry’s own', () => {
    const used = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => askedBy(expr).selectors));
    const families = new Set(used.map(({ metric }) => familyOf(metric)));
    const own = [...shown.families.keys()].filter((name) => name.startsWith('ferry_'));
    expect(own.length).toBeGreaterThan(10);
    expect(own.filter((name) => !families.has(name))).toEqual([]);
  });

  test('has panels with ids of their own, beside and below each other', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
    for (const { targets } of panels) expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
  });

  test('knows where its data comes from whether it is imported or provisioned, and which server it shows', () => {
    const variables = dashboard.templating.list.map(({ name, type }) => `${name}: ${type}`);
    expect(variables).toEqual(['DS_PROMETHEUS: datasource', 'instance: query']);
    for (const { type, datasource } of panels) expect(datasource === undefined).toBe(type === 'row');
  });
});

describe('the alerts', () => {
  test('are about the job that the example scrapes', () => {
    const { scrape_configs: jobs, rule_files: files } = parse(read('infra/monitoring/prometheus.yaml'));
    expect(files).toEqual(['alerts.yaml']);
    expect(jobs.map((job: { job_name: string }) => job.job_name)).toEqual(['ferry']);
    const matchers = rules.flatMap(({ expr }) => askedBy(expr).selectors.flatMap((selector) => selector.matchers));
    const named = matchers.filter(({ label }) => label === 'job');
    expect(named.length).toBeGreaterThanOrEqual(rules.length);
    expect(named.filter(({ value }) => value !== 'ferry')).toEqual([]);
  });

  test.each(rules.map(({ alert }) => alert))('%s has a paragraph in the guide', (alert) => {
    expect(GUIDE).toMatch(new RegExp(`^### ${alert}\\n\\n\\S`, 'm'));
  });
});

test('the guide explains every metric of Ferry’s own, and none that is gone', () => {
  const own = [...shown.families.keys()].filter((name) => name.startsWith('ferry_')).sort();
  const explained = [...GUIDE.matchAll(/^\| `(ferry_\w+)`/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(own);
});
