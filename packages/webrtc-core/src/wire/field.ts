// The composite fields that messages share: transfer ids, runs, manifest entries, error codes.
import { HASH_BYTES } from '../content/hash.ts';
import type { ManifestEntry } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import { type ErrorCode, ProtocolError } from '../errors.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { WIRE_LIMITS } from './limits.ts';

const UUID = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/;

export function writeUuid(writer: ByteWriter, uuid: string): void {
  if (!UUID.test(uuid)) throw new RangeError(`Not a lower-case UUID: ${uuid}`);
  const hex = uuid.replaceAll('-', '');
  for (let at = 0; at < 32; at += 2) writer.u8(Number.parseInt(hex.slice(at, at + 2), 16));
}

export function readUuid(reader: ByteReader): string {
  let hex = '';
  for (const byte of reader.bytes(16)) hex += byte.toString(16).padStart(2, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function readHash(reader: ByteReader): Uint8Array {
  // A copy: hashes are kept, and a view would keep the whole frame alive.
  return reader.bytes(HASH_BYTES).slice();
}

/** 0 or 1: every value has one encoding. */
export function readFlag(reader: ByteReader): boolean {
  const flag = reader.u8();
  if (flag > 1) throw ProtocolError.malformed('a flag is neither 0 nor 1');
  return flag === 1;
}

/** Each run as the gap since the end of the last one, then its length; adjacent runs must have been joined. */
export function writeRuns(writer: ByteWriter, runs: readonly Run[]): void {
  writer.varint(runs.length);
  let end = 0;
  for (const { first, count } of runs) {
    writer.varint(first - end).varint(count);
    end = first + count;
  }
}

export function readRuns(reader: ByteReader, maxIndex: number, maxRuns: number = WIRE_LIMITS.maxRuns): Run[] {
  const length = reader.varint(maxRuns);
  const runs: Run[] = [];
  let end = 0;
  for (let index = 0; index < length; index++) {
    const gap = reader.varint(maxIndex);
    const count = reader.varint(maxIndex);
    if (count === 0 || (gap === 0 && index > 0)) throw ProtocolError.malformed('a run is empty or not joined');
    const first = end + gap;
    end = first + count;
    if (end > maxIndex) throw ProtocolError.malformed('a run ends beyond the last index');
    runs.push({ first, count });
  }
  return runs;
}

export function writeEntry(writer: ByteWriter, entry: ManifestEntry): void {
  writer.varint(entry.path.length);
  for (const segment of entry.path) writer.text(segment);
  writer
    .varint(entry.sizeBytes)
    .varint(Math.max(0, Math.trunc(entry.modifiedMs)))
    .text(entry.mediaType)
    .u8(entry.contentId ? 1 : 0);
  if (entry.contentId) writer.bytes(entry.contentId);
}

export function readEntry(reader: ByteReader): ManifestEntry {
  const depth = reader.varint(WIRE_LIMITS.maxPathSegments);
  if (depth === 0) throw ProtocolError.malformed('an entry has no name');
  const path: string[] = [];
  for (let index = 0; index < depth; index++) path.push(reader.text(WIRE_LIMITS.maxSegmentBytes));
  const entry = {
    path,
    sizeBytes: reader.varint(WIRE_LIMITS.maxTotalBytes),
    modifiedMs: reader.varint(),
    mediaType: reader.text(WIRE_LIMITS.maxMediaTypeBytes),
  };
  return readFlag(reader) ? { ...entry, contentId: readHash(reader) } : entry;
}

/** Numbers are for ever: a new code takes the next free one. */
const ERROR_NUMBERS = {
  'signaling-closed': 0,
  'signaling-timeout': 1,
  'signaling-rejected': 2,
  'ice-failed': 3,
  lost: 4,
  'channel-closed': 5,
  'connect-timeout': 6,
  'version-unsupported': 7,
  'message-malformed': 8,
  'message-unexpected': 9,
  'limit-exceeded': 10,
  'manifest-invalid': 11,
  'chunk-corrupt': 12,
  'source-changed': 13,
  'store-full': 14,
  'store-failed': 15,
  'no-sources': 16,
  'relay-missing': 17,
  'relay-failed': 18,
  'candidates-missing': 19,
} as const satisfies Record<ErrorCode, number>;

const ERROR_CODES = new Map<number, ErrorCode>(
  Object.entries(ERROR_NUMBERS).map(([code, number]) => [number, code as ErrorCode]),
);

export function writeErrorCode(writer: ByteWriter, code: ErrorCode): void {
  writer.u8(ERROR_NUMBERS[code]);
}

export function readErrorCode(reader: ByteReader): ErrorCode {
  const code = ERROR_CODES.get(reader.u8());
  if (!code) throw ProtocolError.malformed('an error code is unknown');
  return code;
}
