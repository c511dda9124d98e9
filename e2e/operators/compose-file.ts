// infra/compose.yaml, and the one of a node, as compose reads them, with the variables of a given .env. Knows no processes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { interpolate } from './interpolation.ts';

/** With a slash at its end. */
export const INFRA = fileURLToPath(new URL('../../infra/', import.meta.url));

/** Each with the example of its variables beside it. */
export const COMPOSE_FILES = {
  server: { compose: 'compose.yaml', example: '.env.example' },
  node: { compose: 'compose.node.yaml', example: 'node.env.example' },
} as const;
export type Installed = keyof typeof COMPOSE_FILES;

/** What the tests look at; the file has more. */
export interface Service {
  image: string;
  build?: { context: string; dockerfile: string };
  entrypoint?: string[];
  environment: Record<string, string>;
  env_file?: string;
  ports?: string[];
  volumes?: string[];
  tmpfs?: string[];
  network_mode?: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  restart?: string;
  healthcheck?: { test: string[] };
  deploy?: { resources?: { limits?: { cpus?: string; memory?: string; pids?: number } } };
  logging?: { driver: string; options: Record<string, string> };
}

export function composeText(installed: Installed = 'server'): string {
  return readFileSync(`${INFRA}${COMPOSE_FILES[installed].compose}`, 'utf8');
}

/**
 * @param variables those of .env
 * @throws Error when a variable is missing without which compose refuses
 */
export function readServices(
  variables: Record<string, string>,
  installed: Installed = 'server',
): Record<string, Service> {
  const document = parse(composeText(installed), { merge: true });
  const { services } = filled(document, variables) as { services: Record<string, Service> };
  for (const service of Object.values(services)) {
    if (!service.env_file) continue;
    const fromFile = parseEnv(readFileSync(`${INFRA}${service.env_file}`, 'utf8')) as Record<string, string>;
    service.environment = { ...fromFile, ...service.environment };
  }
  return services;
}

/** The variables that the example of .env sets, and those that it only mentions. */
export function readExample(installed: Installed = 'server'): { set: Record<string, string>; mentioned: string[] } {
  const text = readFileSync(`${INFRA}${COMPOSE_FILES[installed].example}`, 'utf8');
  const mentioned = [...text.matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
  return { set: parseEnv(text) as Record<string, string>, mentioned };
}

function filled(value: unknown, variables: Record<string, string>): unknown {
  if (typeof value === 'string') return interpolate(value, variables);
  if (Array.isArray(value)) return value.map((item) => filled(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, variables)]));
}
