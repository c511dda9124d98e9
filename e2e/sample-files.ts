// Files of all kinds on disk, made from a seed: the same bytes in every run. Knows nothing of Ferry.
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const BLOCK_BYTES = 1024 * 1024;

export interface SampleFile {
  path: string;
  sizeBytes: number;
  sha256: string;
}

export class SampleFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'ferry-files-'));

  /** A file of pseudo-random bytes; its content depends on its name and size only. */
  file(name: string, sizeBytes: number): SampleFile {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    const hash = createHash('sha256');
    const handle = openSync(path, 'w');
    for (let at = 0; at < sizeBytes; at += BLOCK_BYTES) {
      const block = pseudoRandom(`${name}:${at}`, Math.min(BLOCK_BYTES, sizeBytes - at));
      hash.update(block);
      writeSync(handle, block);
    }
    closeSync(handle);
    return { path, sizeBytes, sha256: hash.digest('hex') };
  }

  delete(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Incompressible enough, quick, and repeatable: SHAKE-256 of a label. */
function pseudoRandom(label: string, length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(label).digest();
}
