// `npm run admin -- <command>`: builds what changed, then runs ferry-admin on the data of `npm start`.
import { root } from '../root.mjs';
import { tool } from '../tool.mjs';

// Its results are for standard output: what the build has to say is not one.
const status = tool(
  'turbo',
  ['run', 'build', '--filter=@ferry/api', '--output-logs=errors-only', '--log-prefix=none'],
  {
    stdio: ['ignore', 2, 2],
  },
);
if (status !== 0) process.exit(status);

process.chdir(root);
await import('../../apps/api/dist/ferry-admin.mjs');
