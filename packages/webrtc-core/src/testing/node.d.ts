// The little of Node that tests use. Node's own types would let the sources, which run in browsers, use Node too.

declare module 'node:crypto' {
  interface Hash {
    update(data: Uint8Array | string): Hash;
    digest(): Uint8Array;
  }
  export function createHash(algorithm: 'sha256'): Hash;
}

declare module 'node:fs' {
  export function readFileSync(path: URL, encoding: 'utf8'): string;
  export function writeFileSync(path: URL, text: string): void;
}

declare module 'node:process' {
  export const env: Readonly<Record<string, string | undefined>>;
  export function memoryUsage(): { readonly external: number };
}

declare module 'node:v8' {
  export function setFlagsFromString(flags: string): void;
}

declare module 'node:vm' {
  export function runInNewContext(code: string): unknown;
}
