// `npm run dev`: API restarted and web page hot-reloaded on every change.
import { tool } from '../tool.mjs';

process.exit(tool('turbo', ['run', 'dev', '--ui=stream']));
