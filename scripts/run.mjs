// The one door to every command: finds or fetches the right Node and pnpm, installs what the lockfile
// says, then runs scripts/tasks/<task>.mjs with them. Runs on any Node >= 20 and has no dependencies,
// because nothing is installed yet when it starts.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './install.mjs';
import { resolveToolchain } from './toolchain.mjs';

const [task, ...args] = process.argv.slice(2);
const taskFile = fileURLToPath(new URL(`./tasks/${task}.mjs`, import.meta.url));

const toolchain = resolveToolchain();
installDependencies(toolchain);

const child = spawn(toolchain.node, [taskFile, ...args], { stdio: 'inherit', env: toolchain.env });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
