// `npm run lint`: style and correctness (biome), dependency rules and circles (dependency-cruiser),
// unused files and exports (knip). Runs all three, so that one run names everything to mend.
import { tool } from '../tool.mjs';

const codes = [
  tool('biome', ['check', '--error-on-warnings']),
  tool('depcruise', ['--config', '.dependency-cruiser.mjs', 'packages', 'apps', 'e2e', 'scripts']),
  tool('knip', []),
];
process.exit(codes.some((code) => code !== 0) ? 1 : 0);
