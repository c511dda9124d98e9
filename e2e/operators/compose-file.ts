// infra/compose.yaml as compose reads it, with the variables of a given .env. Knows no processes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { interpolate } from './interpolation.ts';

/** With a slash at its end. */
export const INFRA = fileURLToPath(new URL('../../infra/', import.meta.url));
export const COMPOSE_TEXT = readFileSync(`${INFRA}compose.yaml`, 'utf8');

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

/**
 * @param variables those of .env
 * @throws Error when a variable is missing without which compose refuses
 */
export function readServices(variables: Record<string, string>): Record<string, Service> {
  const document = parse(COMPOSE_TEXT, { merge: true });
  const { services } = filled(document, variables) as { services: Record<string, Service> };
  for (const service of Object.values(services)) {
    if (!service.env_file) continue;
    const fromFile = parseEnv(readFileSync(`${INFRA}${service.env_file}`, 'utf8')) as Record<string, string>;
    service.environment = { ...fromFile, ...service.environment };
  }
  return services;
}

/** The variables that .env.example sets, and those that it only mentions. */
export function readExample(): { set: Record<string, string>; mentioned: string[] } {
  const text = readFileSync(`${INFRA}.env.example`, 'utf8');
  const mentioned = [...text.matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
  return { set: parseEnv(text) as Record<string, string>, mentioned };
}

function filled(value: unknown, variables: Record<string, string>): unknown {
  if (typeof value === 'string') return interpolate(value, variables);
  if (Array.isArray(value)) return value.map((item) => filled(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, variables)]));
}
