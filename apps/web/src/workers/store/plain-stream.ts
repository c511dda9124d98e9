// The plaintext of a version as one stream of chunks: its files end to end, without gaps. Knows no cipher and no disk.
import { type Bundle, BundleLayout, CHUNK_BYTES, ContentError, type Manifest } from '@ferry/webrtc-core';

/** Some are read at once. */
const RECENT_CHUNKS = 4;

/** A piece of a file's chunk that is a piece of the stream's. */
interface Piece {
  chunk: number;
  from: number;
  lengthBytes: number;
}

export class PlainStream {
  readonly sizeBytes: number;
  readonly #layout: BundleLayout;
  /** Where each file begins in the stream. */
  readonly #starts: readonly number[];
  readonly #read: (chunk: number) => Promise<Uint8Array>;
  /** The end of one may be the beginning of what is read next. */
  readonly #recent = new Map<number, Promise<Uint8Array>>();

  constructor(bundle: Bundle) {
    const { manifest } = bundle;
    const source = bundle.choose([...manifest.entries.keys()]);
    this.sizeBytes = streamBytes(manifest);
    this.#layout = new BundleLayout(manifest);
    this.#starts = startsOf(manifest);
    this.#read = (chunk) => source.read(chunk);
  }

  /** @throws ContentError `source-changed` with the file's index */
  async read(chunk: number): Promise<Uint8Array> {
    const start = chunk * CHUNK_BYTES;
    const lengthBytes = Math.min(CHUNK_BYTES, this.sizeBytes - start);
    if (lengthBytes <= 0) throw new RangeError(`chunk ${chunk} is beyond the end`);
    const pieces = this.#piecesOf(start, lengthBytes);
    const [first] = pieces;
    if (pieces.length === 1 && first?.from === 0) return this.#read(first.chunk);
    const joined = new Uint8Array(lengthBytes);
    let at = 0;
    for (const { chunk: part, from, lengthBytes: partBytes } of pieces) {
      const bytes = await this.#chunk(part);
      if (bytes.length < from + partBytes) throw ContentError.sourceChanged(this.#layout.entryOf(part));
      joined.set(bytes.subarray(from, from + partBytes), at);
      at += partBytes;
    }
    return joined;
  }

  #chunk(chunk: number): Promise<Uint8Array> {
    const known = this.#recent.get(chunk);
    if (known) return known;
    const bytes = this.#read(chunk);
    this.#recent.set(chunk, bytes);
    if (this.#recent.size > RECENT_CHUNKS) this.#recent.delete(this.#recent.keys().next().value!);
    bytes.catch(() => this.#recent.delete(chunk));
    return bytes;
  }

  #piecesOf(start: number, lengthBytes: number): Piece[] {
    const pieces: Piece[] = [];
    const end = start + lengthBytes;
    let at = start;
    for (let entry = this.#fileAt(start); at < end; entry++) {
      const fileStart = this.#starts[entry]!;
      const fileEnd = this.#starts[entry + 1] ?? this.sizeBytes;
      while (at < Math.min(end, fileEnd)) {
        const inFile = at - fileStart;
        const from = inFile % CHUNK_BYTES;
        const chunk = this.#layout.chunksOf(entry).first + Math.floor(inFile / CHUNK_BYTES);
        const pieceBytes = Math.min(CHUNK_BYTES - from, Math.min(end, fileEnd) - at);
        pieces.push({ chunk, from, lengthBytes: pieceBytes });
        at += pieceBytes;
      }
    }
    return pieces;
  }

  /** The last one that begins at or before it: of several that are empty none has anything there. */
  #fileAt(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

export function streamBytes({ entries }: Manifest): number {
  return entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function startsOf({ entries }: Manifest): number[] {
  let next = 0;
  return entries.map(({ sizeBytes }) => {
    const start = next;
    next += sizeBytes;
    return start;
  });
}
