// Every way a code can be used wrongly, as a closed set of codes. What is wrong with bytes is a ContentError.

export type ErasureErrorCode =
  /** There is no such code. */
  | 'code-invalid'
  /** There is no such shard, stripe or group. */
  | 'index-invalid'
  /** A shard is longer or shorter than it must be. */
  | 'length-invalid'
  /** Too few shards to make others of. */
  | 'shards-too-few';

export class ErasureError extends Error {
  readonly code: ErasureErrorCode;

  private constructor(code: ErasureErrorCode, message: string) {
    super(message);
    this.name = 'ErasureError';
    this.code = code;
  }

  static codeInvalid(what: string): ErasureError {
    return new ErasureError('code-invalid', `There is no such code: ${what}`);
  }
  static indexInvalid(what: string): ErasureError {
    return new ErasureError('index-invalid', `There is no such index: ${what}`);
  }
  static lengthInvalid(what: string): ErasureError {
    return new ErasureError('length-invalid', `A wrong length: ${what}`);
  }
  static shardsTooFew(held: number, needed: number): ErasureError {
    return new ErasureError('shards-too-few', `${held} shards, where ${needed} are needed`);
  }
}
