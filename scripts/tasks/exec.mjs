// `npm run exec -- <tool> <args>`: any workspace tool with the right Node, for people without pnpm.
import { tool } from '../tool.mjs';

const [name, ...args] = process.argv.slice(2);
process.exit(tool(name, args));
