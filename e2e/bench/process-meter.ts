// CPU time and memory of one browser's processes, read from /proc (Linux). Knows browsers only as trees of
// processes.
import { readdirSync, readFileSync } from 'node:fs';

const CLOCK_TICKS_PER_SECOND = 100;
const SAMPLE_INTERVAL_MS = 200;

interface ProcessInfo {
  pid: number;
  parent: number;
  command: string;
  cpuSeconds: number;
}

export interface MeterReading {
  /** All processes of the browser, since `start`. */
  cpuSeconds: number;
  /** The renderers' largest resident memory together, above what it was at `start`. */
  peakMemoryMiB: number;
}

export class ProcessMeter {
  readonly #profileDir: string;
  #startCpuSeconds = 0;
  #startMemoryMiB = 0;
  #peakMemoryMiB = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param profileDir the browser's profile: how its main process is recognised */
  constructor(profileDir: string) {
    this.#profileDir = profileDir;
  }

  start(): void {
    this.#startCpuSeconds = this.#cpuSeconds();
    this.#startMemoryMiB = this.#peakMemoryMiB = this.#rendererMemoryMiB();
    this.#timer = setInterval(() => {
      this.#peakMemoryMiB = Math.max(this.#peakMemoryMiB, this.#rendererMemoryMiB());
    }, SAMPLE_INTERVAL_MS);
  }

  stop(): MeterReading {
    clearInterval(this.#timer);
    return {
      cpuSeconds: this.#cpuSeconds() - this.#startCpuSeconds,
      peakMemoryMiB: this.#peakMemoryMiB - this.#startMemoryMiB,
    };
  }

  #cpuSeconds(): number {
    return this.#tree().reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  }

  #rendererMemoryMiB(): number {
    const renderers = this.#tree().filter(({ command }) => command.includes('--type=renderer'));
    return renderers.reduce((sum, { pid }) => sum + residentMiB(pid), 0);
  }

  #tree(): ProcessInfo[] {
    const all = allProcesses();
    const root = all.find(({ command }) => command.includes(this.#profileDir) && !command.includes('--type='));
    const members = new Set(root ? [root.pid] : []);
    // Children have greater ids than their parents but for wrap-around; a second pass catches that.
    for (const _pass of [1, 2]) for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
    return all.filter(({ pid }) => members.has(pid));
  }
}

function allProcesses(): ProcessInfo[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids
    .sort((a, b) => a - b)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        // The second field is the name in brackets and may hold spaces; numbers follow the last bracket.
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        const ticks = Number(fields[11]) + Number(fields[12]);
        return [{ pid, parent: Number(fields[1]), command, cpuSeconds: ticks / CLOCK_TICKS_PER_SECOND }];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

function residentMiB(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // Anonymous memory: shared libraries and mapped files are not the page's doing.
    return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
