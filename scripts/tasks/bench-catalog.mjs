// `npm run bench:catalog`: publishing into, and searching, a catalog of a million files. The first run makes that, which
// takes minutes; later ones find it in node_modules/.cache.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const programs = ['catalog-publish.ts', 'catalog-search.ts']
  .map((name) => fileURLToPath(new URL(`../../apps/api/bench/${name}`, import.meta.url)))
  .filter((path) => existsSync(path));
const codes = programs.map((path) => {
  return spawnSync(process.execPath, [path, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
});
process.exit(Math.max(...codes));
