// Rates as people set them, in decimal megabytes a second, and as the engine counts them. Null: no limit. Pure.
const BYTES = 1e6;

export function bytesOfMegabytes(megabytes: number | null): number | null {
  return megabytes === null ? null : Math.round(megabytes * BYTES);
}

export function megabytesOfBytes(bytes: number | null): number | null {
  return bytes === null ? null : bytes / BYTES;
}
