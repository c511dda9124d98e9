// A disk that loses its power: what was written and not flushed may have reached it in part, in any order.
// Every crash is drawn from a seed. Knows files and sectors, not what is in them.
import type { SyncAccessHandle } from '../stores/sync-access-handle.ts';
import type { Random } from './random.ts';

/** What reaches a disk whole or not at all; the model tears even these. */
const SECTOR_BYTES = 512;

/** Thrown by every call once the power is gone. */
export class PowerLoss extends Error {}

type Write = { at: number; bytes: Uint8Array };
/** What was done to a file since its last flush. */
type Change = Write | { truncatedTo: number };

interface StoredFile {
  durable: Uint8Array<ArrayBuffer>;
  /** What reading finds. */
  current: Uint8Array<ArrayBuffer>;
  changes: Change[];
}

/**
 * @example
 * const disk = new CrashingDisk(seededRandom(7));
 * disk.crashAfter(20);
 * const handle = disk.open('data');
 * // … until a call throws PowerLoss: disk.restart();
 */
export class CrashingDisk {
  readonly #random: Random;
  readonly #files = new Map<string, StoredFile>();
  #callsLeft = Number.POSITIVE_INFINITY;
  /** Handles of an earlier life stay dead. */
  #life = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get isDown(): boolean {
    return this.#callsLeft < 0;
  }

  /** The power goes during the call after this many more; calls that change nothing do not count. */
  crashAfter(calls: number): void {
    this.#callsLeft = calls;
  }

  /** A call that changes something, here or in what hangs on the same power. */
  spend(): void {
    this.#callsLeft--;
    if (this.isDown) throw new PowerLoss();
  }

  /** What the crash left is all there is, and the power is back. Without a crash before, this is one. */
  restart(): void {
    for (const file of this.#files.values()) {
      file.durable = this.#remains(file);
      file.current = file.durable;
      file.changes = [];
    }
    this.#callsLeft = Number.POSITIVE_INFINITY;
    this.#life++;
  }

  /** The file, made empty, and for good, when there is none. */
  open(name: string): SyncAccessHandle {
    const file = this.#files.get(name) ?? { durable: new Uint8Array(), current: new Uint8Array(), changes: [] };
    this.#files.set(name, file);
    const life = this.#life;
    const alive = () => {
      if (this.isDown || life !== this.#life) throw new PowerLoss();
    };
    // A change that the crash interrupts is one of those that may have reached the disk.
    const change = (next: Uint8Array<ArrayBuffer>, made: Change) => {
      alive();
      file.current = next;
      file.changes.push(made);
      this.spend();
    };
    return {
      getSize: () => {
        alive();
        return file.current.length;
      },
      read: (buffer, { at }) => {
        alive();
        const found = file.current.subarray(at, at + buffer.length);
        buffer.set(found);
        return found.length;
      },
      write: (buffer, { at }) => {
        const bytes = buffer.slice();
        // A copy, because the file may be durable as it is.
        change(written(file.current.slice(), at, bytes), { at, bytes });
        return bytes.length;
      },
      truncate: (sizeBytes) => change(resized(file.current, sizeBytes), { truncatedTo: sizeBytes }),
      flush: () => {
        alive();
        this.spend();
        file.durable = file.current;
        file.changes = [];
      },
      close: alive,
    };
  }

  #remains({ durable, current, changes }: StoredFile): Uint8Array<ArrayBuffer> {
    // The share of sectors that got through, which is all of one file and none of another at times.
    const share = Math.min(1, Math.max(0, this.#random.next() * 1.5 - 0.25));
    let remains = durable.slice();
    for (const change of changes) {
      for (const part of 'truncatedTo' in change ? [change] : sectors(change)) {
        if (!this.#random.chance(share)) continue;
        if ('truncatedTo' in part) remains = resized(remains, part.truncatedTo);
        else remains = written(remains, part.at, this.#torn(part.bytes));
      }
    }
    // A file's length may be written before its bytes: a hole of zeros then.
    const grew = current.length > remains.length && this.#random.chance(share);
    return grew ? resized(remains, current.length) : remains;
  }

  #torn(bytes: Uint8Array): Uint8Array {
    return this.#random.chance(0.8) ? bytes : bytes.subarray(0, this.#random.below(bytes.length + 1));
  }
}

function* sectors({ at, bytes }: Write): Generator<Write> {
  for (let done = 0; done < bytes.length; ) {
    const end = Math.min(bytes.length, done + SECTOR_BYTES - ((at + done) % SECTOR_BYTES));
    yield { at: at + done, bytes: bytes.subarray(done, end) };
    done = end;
  }
}

/** The file itself, or a longer one. */
function written(file: Uint8Array<ArrayBuffer>, at: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const next = at + bytes.length > file.length ? resized(file, at + bytes.length) : file;
  next.set(bytes, at);
  return next;
}

function resized(file: Uint8Array, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(sizeBytes);
  next.set(file.subarray(0, sizeBytes));
  return next;
}
