// `npm start -- <flags>`: builds what changed, then runs the server in this very process, where it finds its flags.
import { root } from '../root.mjs';
import { tool } from '../tool.mjs';

const status = tool('turbo', ['run', 'build', '--output-logs=errors-only', '--log-prefix=none']);
if (status !== 0) process.exit(status);

process.chdir(root);
await import('../../apps/api/dist/server.mjs');
