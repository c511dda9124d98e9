// `npm run typecheck`: every workspace, in the order of their dependencies, cached by turbo.
import { tool } from '../tool.mjs';

process.exit(tool('turbo', ['run', 'typecheck', '--output-logs=errors-only', '--log-prefix=none']));
