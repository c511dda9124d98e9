// `npm run node -- <flags>`: builds what changed, then runs a node in this very process, where it finds its flags.
import { root } from '../root.mjs';
import { tool } from '../tool.mjs';

const status = tool('turbo', [
  'run',
  'build',
  '--filter=@ferry/node',
  // Of the API it has types alone.
  '--only',
  '--output-logs=errors-only',
  '--log-prefix=none',
]);
if (status !== 0) process.exit(status);

process.chdir(root);
await import('../../apps/node/dist/ferry-node.mjs');
