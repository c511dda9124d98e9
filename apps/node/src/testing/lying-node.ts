// A node that keeps what it is asked to keep and gives something else to whoever fetches it: `node lying-node.ts`, with the
// flags and variables of ferry-node.
import { openLog } from '../log.ts';
import { runNode } from '../node.ts';
import { readSettings } from '../settings.ts';
import { lyingStores } from './lying-stores.ts';

const settings = readSettings(process.argv.slice(2), process.env);
const { signal } = new AbortController();
await runNode({ settings, log: openLog(settings.logLevel), signal, throughStores: lyingStores });
