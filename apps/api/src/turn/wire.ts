// What a TURN client needs of a connection to the relay, however it travels: to ask and to be answered. Matches answers
// to requests; knows nothing of what they say.

export type WireErrorCode =
  /** The name is not known. */
  | 'unknown-name'
  /** Nothing answered, or nobody listens: `detail` such as `ECONNREFUSED`. */
  | 'unreachable'
  /** Something answered, but not as a relay does. */
  | 'not-stun';

export class WireError extends Error {
  readonly code: WireErrorCode;
  /** The system's code, such as `ETIMEDOUT`. */
  readonly detail: string;

  constructor(code: WireErrorCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

export interface Wire {
  /** The relay's address, as its name was resolved. */
  readonly remoteAddress: string;
  /**
   * Sends a request and resolves with the answer that has its transaction id, as bytes.
   * @throws WireError
   */
  ask(request: Buffer): Promise<Buffer>;
  close(): void;
}

/** The requests that wait for an answer, until one of them comes or all have failed. */
export class Transactions {
  readonly #waiting = new Map<string, { resolve(answer: Buffer): void; reject(error: WireError): void }>();
  #failure: WireError | undefined;

  /** @throws WireError when it will not come */
  async wait(request: Buffer): Promise<Buffer> {
    if (this.#failure) throw this.#failure;
    const id = idOf(request);
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    this.#waiting.set(id, { resolve, reject });
    try {
      return await promise;
    } finally {
      this.#waiting.delete(id);
    }
  }

  /** An answer nobody waits for is one to an earlier sending of the same request. */
  answered(message: Buffer): void {
    this.#waiting.get(idOf(message))?.resolve(message);
  }

  /** For now and for ever. */
  failed(error: WireError): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
  }
}

/** The first 8 bytes of a message are not about which one it is. */
function idOf(message: Buffer): string {
  return message.toString('hex', 8, 20);
}
