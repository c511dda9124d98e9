// Why a node does not run, or does not go on, in a sentence for whoever looks after it. Everything else is waited for.

export type StopCode =
  /** Flags or environment. */
  | 'settings-wrong'
  /** The token was never told, or its node was removed. */
  | 'token-refused'
  | 'account-disabled'
  /** There is something at this address that is no Ferry, or one that calls itself by another name. */
  | 'address-wrong'
  | 'folder-unusable'
  | 'folder-in-use';

export class StopReason extends Error {
  readonly code: StopCode;

  constructor(code: StopCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}
