// Builds whatever changed since the last time.
import { tool } from '../tool.mjs';

process.exit(tool('turbo', ['run', 'build', '--output-logs=errors-only', '--log-prefix=none']));
